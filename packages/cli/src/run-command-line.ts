import { CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './command-error.js';
import { buildProgram } from './program.js';
import { reportFailure } from './report-failure.js';
import type { Surroundings } from './surroundings.js';

/** Carries out what the words of a command line say. Resolves with the exit code; never rejects. */
export async function runCommandLine(line: readonly string[], around: Surroundings): Promise<ExitCode> {
  const at = line.indexOf('--');
  const [own, behind] = at === -1 ? [line, []] : [line.slice(0, at), line.slice(at + 1)];
  let code: ExitCode = exitCodes.done;
  const program = buildProgram(behind, around, (ended) => (code = ended));
  try {
    await program.parseAsync(own, { from: 'user' });
    return code;
  } catch (thrown) {
    // commander has printed its complaint, or the help that was asked for
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.unusable;
    return reportFailure(thrown, own.includes('--verbose'), around);
  }
}
