/**
 * The Inspector's CLI lists and calls all that trip-desk and the conformance fixture have, on every way there is.
 * `node scripts/inspector.mjs conformance` visits that app alone. Installs the Inspector on its first run.
 * Ends with the line `N passed, N failed`.
 */
import './node-version.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectations } from './inspector/expectations.mjs';
import { inspect } from './inspector/inspect.mjs';
import { installInspector } from './inspector/install-inspector.mjs';
import { visitsTo } from './inspector/visits.mjs';
import { openWays, ways } from './inspector/ways.mjs';
import { build, installIfNeeded } from './prepare.mjs';

/** How many CLIs run at once. */
const atOnce = 2;

if (!installIfNeeded() || !build('trip-desk').ok || !build('conformance').ok) {
  console.log('The build failed: run `npm run build` to see why.\n\n0 passed, 1 failed');
  process.exit(1);
}
const apps = process.argv.slice(2);
const cli = installInspector();
const home = mkdtempSync(join(tmpdir(), 'reprise-inspector-'));
let passed = 0;
let failed = 0;
try {
  for (const app of apps.length > 0 ? apps : Object.keys(expectations)) await inspectApp(app);
} finally {
  rmSync(home, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function inspectApp(app) {
  const open = await openWays(app);
  try {
    for (const way of ways)
      report(`${app} over ${way.name}`, await visitAll(app, (words) => open.line(way, words)));
  } finally {
    await open.stop();
  }
}

async function visitAll(app, line) {
  const waiting = visitsTo(expectations[app]);
  const visited = [];
  const worker = async () => {
    for (let visit = waiting.shift(); visit; visit = waiting.shift()) {
      const wrong = visit.check(await inspect(cli, line(visit.words), home));
      visited.push({ name: visit.name, wrong });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return visited;
}

function report(name, visited) {
  const wrong = visited.filter((visit) => visit.wrong !== undefined);
  passed += visited.length - wrong.length;
  failed += wrong.length;
  console.log(`${name.padEnd(32)}${visited.length - wrong.length} passed, ${wrong.length} failed`);
  for (const visit of wrong) console.log(`  ${visit.name}: ${visit.wrong}`);
}
