/**
 * Does docs/start/index.md as a newcomer does: its blocks, in their order, in empty folders, with the packages of this
 * repository in place of the published ones. `<!-- empty folder -->` begins a new folder, `<!-- file: path -->` names the
 * file that the next block becomes, `sh` blocks are run, and a `text` block must be found in what the last one printed.
 * Ends with `N passed, N failed`, one for each block.
 */
import './node-version.mjs';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './prepare.mjs';
import { newcomer, run } from './scaffold/command.mjs';
import { startRegistry } from './scaffold/registry.mjs';
import { stepsOf } from './site/page-steps.mjs';

const page = 'docs/start/index.md';
const roads = stepsOf(readFileSync(join(root, page), 'utf8'));
const home = mkdtempSync(join(tmpdir(), 'reprise-start-page-'));
let passed = 0;
let failed = 0;

mkdirSync(join(home, 'packed'));
const registry = await startRegistry(join(home, 'packed'));
try {
  for (const [at, steps] of roads.entries()) await walk(steps, join(home, `road-${at + 1}`));
} finally {
  registry.stop();
  rmSync(home, { recursive: true, force: true });
}
if (roads.length === 0) console.log(`FAILED  ${page} has no <!-- empty folder -->`);
console.log(`${passed} passed, ${failed + (roads.length === 0 ? 1 : 0)} failed`);
process.exitCode = failed === 0 && roads.length > 0 ? 0 : 1;

/** A newcomer stops at the first thing that does not work. */
async function walk(steps, folder) {
  mkdirSync(folder);
  // npx asks before it downloads; nobody is here to say yes
  const env = { ...newcomer({ registry: registry.url, home }), npm_config_yes: 'true' };
  const place = { cwd: folder, env, printed: '' };
  for (const step of steps) {
    const from = Date.now();
    const fault = await take(step, place).catch((error) => error.message);
    const time = `${((Date.now() - from) / 1000).toFixed(1)} s`;
    console.log(`${fault ? 'FAILED' : 'ok    '}  ${page}:${step.line}  ${step.what}  ${time}`);
    if (!fault) {
      passed++;
      continue;
    }
    failed++;
    console.log(fault);
    return;
  }
}

/** Returns what is wrong, if anything. */
async function take(step, place) {
  switch (step.kind) {
    case 'file': {
      const file = join(place.cwd, step.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, step.text);
      return undefined;
    }
    case 'commands':
      place.printed = '';
      for (const command of step.text.split('\n').filter((line) => line.trim() !== '')) {
        const [, folder] = /^cd (\S+)$/.exec(command) ?? [];
        if (folder) place.cwd = join(place.cwd, folder);
        else place.printed += await run(['sh', '-c', command], place);
      }
      return undefined;
    case 'output': {
      const printed = place.printed.split('\n').map((line) => line.trim());
      const missing = step.text
        .split('\n')
        .filter((line) => !printed.some((said) => said.includes(line.trim())));
      if (missing.length === 0) return undefined;
      return `not printed: ${missing.join(' | ')}\ninstead:\n${place.printed}`;
    }
  }
}
