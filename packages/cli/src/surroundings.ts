import type { Readable, Writable } from 'node:stream';

/** What a command sees of the process it runs in. The only file that reads the environment. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly stdin: Readable;
  /** Results only: another program may read them. */
  readonly stdout: Writable;
  /** Everything else: logs, progress, questions, complaints. */
  readonly stderr: Writable;
  /** Whether a person can be asked. */
  readonly hasTerminal: boolean;
}

export function surroundingsOf(from: NodeJS.Process = process): Surroundings {
  return {
    cwd: from.cwd(),
    env: Object.fromEntries(
      Object.entries(from.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    stdin: from.stdin,
    stdout: from.stdout,
    stderr: from.stderr,
    hasTerminal: Boolean(from.stdin.isTTY && from.stderr.isTTY),
  };
}
