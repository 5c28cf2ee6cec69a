import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Surroundings } from '../surroundings.js';
import { type Compiler, findCompiler } from './compiler.js';
import { run } from './run.js';
import { findTsConfig, readTsConfig, type TsConfig } from './tsconfig.js';

/** Where the compiler puts the JavaScript of a source file, from `rootDir` and `outDir`. */
export function outputOf(source: string, config: TsConfig, { version }: Compiler): string {
  const folder = dirname(config.file);
  const { outDir, rootDir } = config.compilerOptions;
  const script = source.replace(/\.([cm]?)tsx?$/, '.$1js');
  if (typeof outDir !== 'string') return script;
  const from = resolve(folder, typeof rootDir === 'string' ? rootDir : rootOf(config, version));
  const inside = relative(from, script);
  if (inside.startsWith(`..${sep}`))
    throw new CommandError(
      `${source} lies outside rootDir (${from}).`,
      `Move it there, or widen rootDir in ${config.file}.`,
    );
  return join(resolve(folder, outDir), inside);
}

/** Compiles the project of a TypeScript file if a source is newer than what was compiled; returns the JavaScript to run. */
export async function compiledEntry(source: string, { stderr }: Surroundings): Promise<string> {
  const compiler = findCompiler(dirname(source));
  const config = await readTsConfig(findTsConfig(dirname(source)), compiler);
  const entry = outputOf(source, config, compiler);
  if (isFresh(entry, config)) return entry;
  stderr.write(`compiling ${config.file}\n`);
  const { code, output } = await run(
    compiler.command,
    compileArguments(compiler, config),
    dirname(config.file),
  );
  if (code !== 0) throw new CommandError(`${config.file} does not compile:\n${output.trim()}`, undefined);
  if (!existsSync(entry))
    throw new CommandError(
      `${source} compiles, but not to ${entry}.`,
      `See that ${config.file} includes the file and does not say noEmit.`,
    );
  return entry;
}

/** A project with references is built with them. */
export function compileArguments(compiler: Compiler, { file, references }: TsConfig): string[] {
  const what = references.length > 0 ? ['--build', file] : ['--project', file, '--noEmitOnError'];
  return [...compiler.args, ...what, '--pretty', 'false'];
}

/** The compiler's own rule where rootDir is missing: since TypeScript 6 the folder of the tsconfig, earlier what all sources have in common. */
function rootOf({ compilerOptions, files }: TsConfig, version: string): string {
  if (Number.parseInt(version, 10) >= 6 || compilerOptions['composite'] === true) return '.';
  const [first = [], ...others] = files
    .filter((name) => !name.endsWith('.d.ts'))
    .map((name) => dirname(name).split('/'));
  const differs = first.findIndex((part, at) => others.some((path) => path[at] !== part));
  return (differs === -1 ? first : first.slice(0, differs)).join('/') || '.';
}

function isFresh(entry: string, { file, files }: TsConfig): boolean {
  if (!existsSync(entry)) return false;
  const made = statSync(entry).mtimeMs;
  return files.every((name) => statSync(resolve(dirname(file), name)).mtimeMs <= made);
}
