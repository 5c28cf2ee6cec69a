import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Compiler } from '../project/compiler.js';
import { run } from '../project/run.js';
import type { TsConfig } from '../project/tsconfig.js';
import type { Finding } from './finding.js';

const probe = `declare function mark(target: object, name: string): void;
export class Probe { @mark ask(question: string): void { void question; } }
`;

/** Compiles a decorated class with the project's own compiler and options, and looks for its types in the output. */
export async function checkMetadata({ file }: TsConfig, compiler: Compiler): Promise<Finding> {
  const where = `TypeScript ${compiler.version}`;
  const folder = mkdtempSync(join(tmpdir(), 'reprise-probe-'));
  try {
    const compilerOptions = {
      noEmit: false,
      rootDir: folder,
      outDir: folder,
      composite: false,
      incremental: false,
      types: [],
      noCheck: true,
    };
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'probe.ts'), probe);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: file, compilerOptions, files: ['probe.ts'], include: [], references: [] }),
    );
    const { output } = await run(compiler.command, [...compiler.args, '--project', folder], folder);
    if (emitted(folder).includes('design:paramtypes'))
      return { level: 'ok', what: 'emits decorator metadata', where };
    return {
      level: 'error',
      what: `emits no decorator metadata${output.trim() === '' ? '' : `: ${output.trim()}`}`,
      where,
      fix: `Set "experimentalDecorators" and "emitDecoratorMetadata" in ${file}.`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emitted(folder: string): string {
  try {
    return readFileSync(join(folder, 'probe.js'), 'utf8');
  } catch {
    return ''; // nothing was emitted
  }
}
