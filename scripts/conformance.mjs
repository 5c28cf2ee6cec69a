/**
 * `npm run conformance`: the official referee against apps/conformance, all legs over one server.
 * Counts checks, not scenarios: to the referee a warning is green, and so is a scenario that checked nothing.
 * Ends with the line `N passed, N failed`.
 */
import './node-version.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legs } from './conformance/legs.mjs';
import { countChecks, readChecks } from './conformance/read-checks.mjs';
import { runReferee } from './conformance/run-referee.mjs';
import { build, installIfNeeded } from './prepare.mjs';
import { startApp } from './start-app.mjs';

const { ok, output } = installIfNeeded() ? build('conformance') : { ok: false, output: '' };
if (!ok) {
  console.log(`${output}\n0 passed, 1 failed`);
  process.exit(1);
}

const rows = (await runLegs()).flat();
for (const row of rows) report(row);
const sum = (column) => rows.reduce((total, row) => total + row[column].length, 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

/**
 * Two at a time. Some scenarios wait for less than a second, which a busy machine may take: a leg with a failure runs
 * once more, alone, and its rows say so.
 */
async function runLegs() {
  const folder = mkdtempSync(join(tmpdir(), 'reprise-conformance-'));
  const fixture = await startApp('conformance');
  const done = [];
  const run = async (index, name) => {
    const results = join(folder, name);
    await runReferee(legs[index], fixture.url, results);
    const checks = readChecks(results);
    done[index] = legs[index].rows.map((row) => countChecks(checks, row));
  };
  const waiting = [...legs.keys()];
  const worker = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift())
      await run(index, `${index}`);
  };
  try {
    await Promise.all([worker(), worker()]);
    for (const index of legs.keys()) {
      if (done[index].every(({ failed }) => failed.length === 0)) continue;
      await run(index, `${index}-again`);
      for (const row of done[index]) row.name += ', second try';
    }
  } finally {
    await fixture.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return done;
}

function report({ name, passed, failed, warnings, skipped }) {
  const counts = `${`${passed.length}`.padStart(3)} passed, ${failed.length} failed`;
  console.log(`${name.padEnd(38)}${counts}, ${warnings.length} warnings, ${skipped.length} skipped`);
  for (const what of failed) console.log(`  failed   ${what}`);
  for (const what of warnings) console.log(`  warning  ${what}`);
  for (const what of skipped) console.log(`  skipped  ${what}`);
}
