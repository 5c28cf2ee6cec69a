import { inspect } from 'node:util';
import { isNativeError } from 'node:util/types';
import { CommandError, type ExitCode, exitCodes } from './command-error.js';
import type { Surroundings } from './surroundings.js';

/** One line for what happened and one for what to do; the stack only when it is asked for. Returns the exit code. */
export function reportFailure(thrown: unknown, verbose: boolean, { stderr, env }: Surroundings): ExitCode {
  const message = isNativeError(thrown) ? thrown.message : String(thrown);
  stderr.write(`reprise: ${message}\n`);
  if (thrown instanceof CommandError && thrown.fix !== undefined) stderr.write(`  fix: ${thrown.fix}\n`);
  if (verbose || env['DEBUG']) stderr.write(`${inspect(thrown)}\n`);
  return thrown instanceof CommandError ? thrown.exitCode : exitCodes.unusable;
}
