import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly code: number;
  /** What it wrote to stdout and then to stderr. */
  readonly output: string;
}

/** Runs a short program to its end. Rejects if it cannot be started. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], out, err] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>, // node: (code, signal)
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code: code ?? 1, output: out + err };
}
