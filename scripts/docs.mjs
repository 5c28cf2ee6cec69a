/**
 * `npm run docs:build`: the packages, the reference from their docstrings, the site in docs/.vitepress/dist.
 * Needs no network once the dependencies are there. A dead link fails it.
 */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, installIfNeeded, root } from './prepare.mjs';

const docs = join(root, 'docs');
const require = createRequire(join(docs, 'package.json'));
/** What others ship as a command, without a shell in between. */
const command = (name, file) => join(dirname(require.resolve(`${name}/package.json`)), file);

if (!installIfNeeded()) process.exit(1);
step('packages', () => build());
step('reference', () => {
  rmSync(join(docs, 'api'), { recursive: true, force: true });
  return run(command('typedoc', 'bin/typedoc'), '--logLevel', 'Error');
});
step('site', () => run(command('vitepress', 'bin/vitepress.js'), 'build'));

const made = readdirSync(join(docs, '.vitepress/dist'), { recursive: true });
console.log(`${made.filter((name) => name.endsWith('.html')).length} pages in docs/.vitepress/dist`);

function step(name, work) {
  const from = Date.now();
  const { ok, output } = work();
  const time = `${((Date.now() - from) / 1000).toFixed(1)} s`;
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${time}`);
  if (ok) return;
  console.error(output.trimEnd());
  process.exit(1);
}

function run(...args) {
  const done = spawnSync(process.execPath, args, { cwd: docs, encoding: 'utf8' });
  return { ok: done.status === 0, output: `${done.stdout}${done.stderr}${done.error?.message ?? ''}` };
}
