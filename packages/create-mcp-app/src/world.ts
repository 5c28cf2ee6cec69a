import type { Readable, Writable } from 'node:stream';

/** What the program takes from the process that runs it. */
export interface World {
  /** The command line, without node and the program. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** How the package manager that started us calls itself: `pnpm/10.2.0 npm/? node/v22.1.0 …`. */
  readonly userAgent: string | undefined;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly errors: Writable;
}
