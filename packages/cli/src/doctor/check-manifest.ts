import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.js';

interface Manifest {
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Whether package.json says ESM, and no script runs the sources with a tool that drops the types of decorators. */
export function checkManifest(folder: string): Finding[] {
  const where = join(folder, 'package.json');
  if (!existsSync(where)) return [{ level: 'error', what: 'is missing', where, fix: 'Run: npm init' }];
  const { type, scripts = {} } = JSON.parse(readFileSync(where, 'utf8')) as Manifest; // npm's format
  const found: Finding[] = [];
  if (type !== 'module')
    found.push({ level: 'error', what: 'the package is not ESM', where, fix: 'Set "type": "module".' });
  for (const [name, script] of Object.entries(scripts))
    if (/\b(tsx|esbuild|jiti)\b|--experimental-(strip|transform)-types/.test(script))
      found.push({
        level: 'warning',
        what: `the script "${name}" runs a tool that writes no decorator metadata`,
        where,
        fix: 'Compile with tsc: reprise dev does so. Or name every type: @Args(Dto), @Tool({ input: Dto }).',
      });
  return found.length > 0 ? found : [{ level: 'ok', what: 'ESM', where }];
}
