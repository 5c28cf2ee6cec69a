/**
 * `npm test`: every check of the repository, each run even when an earlier one failed.
 * Ends with a table and the line `N passed, N failed`: one for each check, one for each test.
 */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJestReport } from './jest-report.mjs';
import { build, installIfNeeded, root } from './prepare.mjs';

const minute = 60_000;
const nodeModule = (path) => join(root, 'node_modules', path);
const run = (...args) => {
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 20 * minute });
  return { ok: done.status === 0, output: `${done.stdout}${done.stderr}${done.error?.message ?? ''}` };
};
const tsc = (...args) => run(nodeModule('typescript/bin/tsc'), ...args, '--pretty', 'false');

const checks = [
  ['build', () => build()],
  ['types: sources', () => tsc('-b')],
  ['types: tests', () => tsc('-p', 'tsconfig.test.json')],
  ['lint', () => run(nodeModule('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings')],
  ['format', () => run(nodeModule('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn')],
  ['doc snippets', () => run(join(root, 'scripts/sync-snippets.mjs'), '--check')],
  ['spelling', () => run(join(root, 'scripts/spelling.mjs'))],
  ['lockfile', checkLockfile],
  ['packages', () => run(join(root, 'scripts/check-packages.mjs'))],
];

/** Scripts that count for themselves: the last line each prints is `N passed, N failed`. */
const suites = [
  ['conformance', 'scripts/conformance.mjs'],
  ['inspector', 'scripts/inspector.mjs'],
  ['scaffold', 'scripts/scaffold.mjs'],
  ['docs site', 'scripts/site.mjs'],
  ['start page', 'scripts/start-page.mjs'],
  ['guide pages', 'scripts/guide-walk.mjs'],
];

if (!installIfNeeded()) {
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}
const rows = [
  ...checks.map(([name, check]) => runCheck(name, check)),
  ...runJest(),
  ...suites.map(([name, script]) => runSuite(name, script)),
];
printTable(rows);
const failed = sum('failed');
console.log(`\n${sum('passed')} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function runCheck(name, check) {
  const from = Date.now();
  const { ok, output } = check();
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name}`);
  if (!ok) console.log(`${output.trimEnd()}\n`);
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, ms: Date.now() - from };
}

function runSuite(name, script) {
  const from = Date.now();
  const { ok, output } = run(join(root, script));
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  const red = passed === undefined || (!ok && failed === '0');
  console.log(`${ok && !red ? 'ok    ' : 'FAILED'}  ${name}`);
  if (!ok || red) console.log(`${output.trimEnd()}\n`);
  const [skipped = ''] = /^skipped: .*$/m.exec(output) ?? [];
  const note = red ? 'ended without a count' : skipped;
  return { name, passed: Number(passed ?? 0), failed: red ? 1 : Number(failed), ms: Date.now() - from, note };
}

/** Addresses of the registry that somebody installed from do not belong in the repository. */
function checkLockfile() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = Object.keys(packages).filter((path) => /^\w+:/.test(packages[path].resolved ?? ''));
  const fix = 'Run `npm install` with the .npmrc of this repository, then commit package-lock.json.';
  return { ok: found.length === 0, output: `Entries with a registry address:\n${found.join('\n')}\n${fix}` };
}

function runJest() {
  const folder = mkdtempSync(join(tmpdir(), 'reprise-test-'));
  const file = join(folder, 'jest.json');
  const node = [
    '--experimental-vm-modules',
    '--no-warnings=ExperimentalWarning',
    '--unhandled-rejections=strict',
  ];
  const jest = [nodeModule('jest/bin/jest.js'), '-w', '2', '--ci', '--passWithNoTests'];
  const done = spawnSync(process.execPath, [...node, ...jest, '--json', `--outputFile=${file}`], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 20 * minute,
  });
  const { rows: found } = readJestReport(file, root);
  rmSync(folder, { recursive: true, force: true });
  // Jest can fail with every test green: a worker that crashed, a run that never ended.
  if (done.status !== 0 && found.every((row) => row.failed === 0)) {
    const note = done.error?.message ?? `ended with ${done.signal ?? done.status}`;
    found.push({ name: 'jest', passed: 0, failed: 1, ms: 0, note });
  }
  return found;
}

function printTable(table) {
  const width = Math.max(...table.map(({ name }) => name.length));
  console.log(`\n${'check'.padEnd(width)}  passed  failed   time`);
  for (const { name, passed, failed: bad, ms = 0, note = '' } of table) {
    const time = `${(ms / 1000).toFixed(1)} s`;
    const cells = [name.padEnd(width), `${passed}`.padStart(6), `${bad}`.padStart(6), time.padStart(7), note];
    console.log(cells.join('  ').trimEnd());
  }
}

function sum(column) {
  return rows.reduce((total, row) => total + row[column], 0);
}
