/**
 * Code in the documentation is copied from files that run. A block below
 *   <!-- snippet: apps/trip-desk/src/trip-desk.ts#book -->
 * holds the lines between `// #region book` and `// #endregion book` of that file; without `#name`, the whole file.
 *
 *   node scripts/sync-snippets.mjs           rewrite the blocks
 *   node scripts/sync-snippets.mjs --check   change nothing, fail when a block differs from its source
 */
import './node-version.mjs';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { syncMarkdown } from './snippets.mjs';

const args = process.argv.slice(2);
const check = args.includes('--check');
const root = args.find((arg) => !arg.startsWith('-')) ?? fileURLToPath(new URL('..', import.meta.url));
let failures = 0;

for (const file of markdownFiles(root)) {
  const before = readFileSync(file, 'utf8');
  const { markdown, problems } = syncMarkdown(before, root);
  for (const { line, kind, text } of problems) {
    if (kind === 'stale' && !check) continue;
    failures++;
    console.error(`${relative(root, file)}:${line}  ${text}`);
  }
  if (!check && markdown !== before) {
    writeFileSync(file, markdown);
    console.error(`updated ${relative(root, file)}`);
  }
}
if (failures > 0) process.exitCode = 1;

function markdownFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'coverage'].includes(entry.name) || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
