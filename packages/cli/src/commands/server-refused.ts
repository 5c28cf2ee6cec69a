import { ProtocolError, SdkError } from '@modelcontextprotocol/client';
import { CommandError, exitCodes } from '../command-error.js';

/** An error that the server answered with is exit code 1; a connection that failed is 2; anything else stays what it is. */
export function serverRefused(thrown: unknown): unknown {
  if (ProtocolError.isInstance(thrown))
    return new CommandError(`The server refused: ${thrown.message} (${thrown.code})`, undefined, {
      exitCode: exitCodes.refused,
      cause: thrown,
    });
  if (SdkError.isInstance(thrown))
    return new CommandError(
      `The request failed: ${thrown.message}`,
      'See what the server says; --timeout gives it more time.',
      {
        cause: thrown,
      },
    );
  return thrown;
}
