import type { TsConfig } from '../project/tsconfig.js';
import type { Finding } from './finding.js';

/** Whether the options are those that decorators and ESM need. */
export function checkTsConfig({ file, compilerOptions }: TsConfig): Finding[] {
  const found: Finding[] = [];
  for (const option of ['experimentalDecorators', 'emitDecoratorMetadata'])
    if (compilerOptions[option] !== true)
      found.push({ level: 'error', what: `${option} is off`, where: file, fix: `Set "${option}": true.` });
  const module = String(compilerOptions['module'] ?? 'nothing').toLowerCase();
  if (!/^(node(next|16|18|20)|es(next|2\d{3})|preserve)$/.test(module))
    found.push({
      level: 'error',
      what: `module is ${module}`,
      where: file,
      fix: 'Set "module": "nodenext".',
    });
  if (compilerOptions['strict'] !== true)
    found.push({
      level: 'warning',
      what: 'strict is off, so wrong types are not seen',
      where: file,
      fix: 'Set "strict": true.',
    });
  return found.length > 0 ? found : [{ level: 'ok', what: 'the options are right', where: file }];
}
