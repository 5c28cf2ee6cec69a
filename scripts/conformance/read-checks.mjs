import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one run of the referee wrote, by scenario: each check with its status. */
export function readChecks(folder) {
  const found = new Map();
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name)?.[1];
    const file = join(folder, name, 'checks.json');
    if (scenario === undefined) continue;
    // a scenario that crashed leaves no file: it has checked nothing, which is counted as such
    found.set(scenario, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  }
  return found;
}

/** One row of the report: names of the checks by how they ended. A scenario in which nothing passed has failed. */
export function countChecks(checks, row) {
  const counted = { name: row.name, passed: [], failed: [], warnings: [], skipped: [] };
  const columns = { SUCCESS: 'passed', FAILURE: 'failed', WARNING: 'warnings', SKIPPED: 'skipped' };
  for (const [scenario, list] of checks) {
    if (!row.counts(scenario)) continue;
    for (const { id, status, errorMessage } of list)
      counted[columns[status]]?.push(`${scenario}: ${id}${errorMessage ? `: ${errorMessage}` : ''}`);
    if (!list.some(({ status }) => status === 'SUCCESS')) counted.failed.push(`${scenario}: nothing passed`);
  }
  const { passed, failed } = counted;
  if (passed.length < row.expected)
    failed.push(`${passed.length} checks passed where ${row.expected} should`);
  return counted;
}
