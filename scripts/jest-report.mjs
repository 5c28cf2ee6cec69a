/** Reads the JSON that `jest --json --outputFile` wrote: one row per workspace, and the sums. */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

export function readJestReport(file, root) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { rows: [{ name: 'jest', passed: 0, failed: 1, note: 'wrote no report' }] };
  }
  const rows = new Map();
  for (const suite of report.testResults) {
    const [kind, workspace] = relative(root, suite.name).split(sep);
    const name = `jest ${kind === 'packages' || kind === 'apps' ? workspace : kind}`;
    const row = rows.get(name) ?? { name, passed: 0, failed: 0, ms: 0 };
    const of = (status) => suite.assertionResults.filter((test) => test.status === status).length;
    row.passed += of('passed');
    // A suite that cannot even load has no tests to count: it counts as one failure itself.
    row.failed += of('failed') || (suite.status === 'failed' ? 1 : 0);
    row.ms += Math.max(0, suite.endTime - suite.startTime);
    rows.set(name, row);
  }
  return { rows: [...rows.values()].sort((a, b) => a.name.localeCompare(b.name)) };
}
