/**
 * Around `npm pack`, in the folder of a package. Before it: the JavaScript of dist becomes one file for each entry of
 * `exports` and what they share, since Node needs more time to find and open three hundred small files than to run
 * them. After it: dist is again what the compiler made. Declarations stay as they are.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './prepare.mjs';

const dist = join(process.cwd(), 'dist');
const chunks = join(dist, 'chunks');

if (process.env.npm_lifecycle_event === 'postpack') restore();
else await bundle();

async function bundle() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = Object.values(exports).flatMap((entry) => entry.default ?? []);
  // beside dist, on the same disk, so that it can take its place by a change of names
  const made = mkdtempSync(`${dist}-`);
  await build({
    entryPoints: entries,
    outdir: made,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // messages name classes, and two modules may have one of the same name
    keepNames: true,
    chunkNames: 'chunks/[hash]',
    logLevel: 'warning',
  });
  rmSync(chunks, { recursive: true, force: true });
  for (const file of filesOf(dist)) if (/\.js(\.map)?$/.test(file)) rmSync(join(dist, file));
  for (const name of readdirSync(made)) renameSync(join(made, name), join(dist, name));
  rmSync(made, { recursive: true });
}

function restore() {
  rmSync(chunks, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-b', '--force'], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}
