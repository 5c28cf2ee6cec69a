import { existsSync, readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { compiledEntry } from '../project/compiled-entry.js';
import type { Surroundings } from '../surroundings.js';
import type { Target } from './target.js';

export interface TargetWords {
  /** A URL, a file, or nothing. */
  readonly place: string | undefined;
  /** What stands behind `--`: a program with its arguments; empty if there is no `--`. */
  readonly program: readonly string[];
}

/**
 * `-- program …` is started as it stands. A URL is connected to; one that ends in `/sse` over HTTP+SSE. A file is run
 * with this Node, a TypeScript file after compiling its project. Without a target: `src/main.ts`, else `main` of
 * package.json.
 */
export async function resolveTarget({ place, program }: TargetWords, around: Surroundings): Promise<Target> {
  const [command, ...args] = program;
  if (command !== undefined) {
    if (place !== undefined)
      throw new CommandError(`There are two targets: ${place} and what follows --.`, 'Keep one of them.');
    return { kind: 'stdio', command, args };
  }
  if (place !== undefined && /^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return urlTarget(place);
  return fileTarget(resolve(around.cwd, place ?? defaultFile(around.cwd)), around);
}

function urlTarget(place: string): Target {
  const url = URL.canParse(place) ? new URL(place) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new CommandError(
      `${place} is no address of a server.`,
      'Give a URL such as http://127.0.0.1:3000/mcp.',
    );
  return { kind: url.pathname.endsWith('/sse') ? 'sse' : 'http', url };
}

async function fileTarget(file: string, around: Surroundings): Promise<Target> {
  if (!existsSync(file))
    throw new CommandError(
      `There is no file ${file}.`,
      'Give the file that starts the server, a URL, or -- and a command.',
    );
  const entry = /^\.[cm]?tsx?$/.test(extname(file)) ? await compiledEntry(file, around) : file;
  return { kind: 'stdio', command: process.execPath, args: [entry] };
}

function defaultFile(cwd: string): string {
  if (existsSync(resolve(cwd, 'src/main.ts'))) return 'src/main.ts';
  const main = mainOf(resolve(cwd, 'package.json'));
  if (main !== undefined) return main;
  throw new CommandError(
    'It is not said which server is meant, and this folder has neither src/main.ts nor a package.json with "main".',
    'Give a file, a URL, or -- and a command.',
  );
}

function mainOf(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: unknown }; // JSON has no other type
  return typeof main === 'string' ? main : undefined;
}
