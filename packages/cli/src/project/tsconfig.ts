import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Compiler } from './compiler.js';
import { run } from './run.js';

/** What `tsc --showConfig` says of a project, its `extends` followed. */
export interface TsConfig {
  readonly file: string;
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** Relative to the tsconfig. */
  readonly files: readonly string[];
  readonly references: readonly unknown[];
}

/** The nearest tsconfig.json at or above a folder. */
export function findTsConfig(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'tsconfig.json');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder)
      throw new CommandError(
        `There is no tsconfig.json in ${from} or above it.`,
        'Make one, or name it with --project.',
      );
  }
}

export async function readTsConfig(file: string, compiler: Compiler): Promise<TsConfig> {
  const args = [...compiler.args, '--showConfig', '--project', file];
  const { code, output } = await run(compiler.command, args, dirname(file));
  if (code !== 0)
    throw new CommandError(`${file} cannot be used: ${output.trim()}`, 'Mend what the compiler says.');
  const shown = JSON.parse(output) as Partial<TsConfig>; // the shape that tsc prints
  return {
    file,
    compilerOptions: shown.compilerOptions ?? {},
    files: shown.files ?? [],
    references: shown.references ?? [],
  };
}
