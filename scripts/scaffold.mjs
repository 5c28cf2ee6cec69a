/**
 * `npm run test:scaffold [template]`: packs the published packages, serves them to the real `npx create-mcp-app` in an
 * empty folder, and does what a newcomer does. Ends with the line `N passed, N failed`.
 */
import './node-version.mjs';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, installIfNeeded } from './prepare.mjs';
import { newcomer, run } from './scaffold/command.mjs';
import { travel } from './scaffold/journey.mjs';
import { published, startRegistry } from './scaffold/registry.mjs';

/** Each template with npm, and each other package manager once. */
const journeys = [
  { template: 'stdio', pm: 'npm' },
  { template: 'http', pm: 'npm' },
  { template: 'full', pm: 'npm' },
  { template: 'full', pm: 'pnpm', install: 'pnpm@10' },
  { template: 'http', pm: 'yarn', install: '@yarnpkg/cli-dist@4' },
];
const [only] = process.argv.slice(2);
const chosen = journeys.filter(
  ({ template, pm }) => only === undefined || `${template} ${pm}`.includes(only),
);

const count = { passed: 0, failed: 0 };
const work = mkdtempSync(join(realpathSync(tmpdir()), 'reprise-scaffold-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const began = performance.now();
try {
  let registry;
  await phase('pack and serve', async () => {
    registry = await prepareRegistry();
    return [...registry.packages.keys()].join(', ');
  });
  for (const journey of registry ? chosen : []) await tell(journey, registry.url);
  registry?.stop();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`\n${seconds(began)} in all`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;

async function prepareRegistry() {
  if (!installIfNeeded()) throw new Error('The dependencies are not installed.');
  for (const name of published) {
    const { ok, output } = build(name);
    if (!ok) throw new Error(output);
  }
  const folder = join(work, 'packed');
  mkdirSync(folder);
  return startRegistry(folder);
}

/** One journey; what comes after a failed phase is left out. */
async function tell({ template, pm, install }, registry) {
  console.log(`\n${template} with ${pm}`);
  const from = performance.now();
  const before = count.failed;
  const inOrder = async (...phaseOf) => {
    if (count.failed === before) await phase(...phaseOf);
  };
  const programs = install === undefined ? [] : [join(work, pm, 'node_modules/.bin')];
  const env = newcomer({ registry, home: join(work, 'caches'), programs });
  if (install !== undefined) {
    mkdirSync(join(work, pm));
    const line = ['npm', 'install', '--no-audit', '--no-fund', '--prefix', join(work, pm), install];
    await inOrder(`install ${pm}`, () => run(line, { cwd: work, env }));
  }
  await travel({ template, pm, folder: join(work, `${template}-${pm}`), env }, inOrder);
  console.log(`        ${seconds(from)} from the empty folder`);
}

async function phase(name, act) {
  const from = performance.now();
  try {
    const note = await act();
    count.passed++;
    // commands return what they said; a note is one line
    const isNote = typeof note === 'string' && !note.includes('\n');
    console.log(`ok      ${name}  ${seconds(from)}  ${isNote ? note : ''}`.trimEnd());
  } catch (error) {
    count.failed++;
    console.log(`FAILED  ${name}  ${seconds(from)}\n${error.stack}\n`);
  }
}

function seconds(from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}
