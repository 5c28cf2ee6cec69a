import { isError, messageOf, ProtocolError, RepriseError, ToolError } from '../../errors/index.js';
import { StepError } from '../errors.js';

/** A step's error as it is written into the journal. */
export type StepFailure =
  | { type: 'error'; name: string; message: string }
  | { type: 'tool'; message: string }
  | { type: 'protocol'; rpcCode: number; message: string; data?: unknown };

/**
 * What a replay would see of a value: handed out on the first run already, so that both cannot differ.
 * Throws STEP_VALUE for what JSON cannot hold.
 */
export function toJournal(step: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  try {
    const text = JSON.stringify(value);
    return text === undefined ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new RepriseError(
      'STEP_VALUE',
      `The value of ctx.step("${step}") cannot be written as JSON: ${messageOf(cause)}.`,
      {
        fix: 'Return plain data: no BigInt, no circular references.',
        cause,
      },
    );
  }
}

export function describeFailure(thrown: unknown): StepFailure {
  if (thrown instanceof ToolError) return { type: 'tool', message: thrown.message };
  if (thrown instanceof ProtocolError) {
    const data = toJournal('error data', thrown.data);
    return {
      type: 'protocol',
      rpcCode: thrown.rpcCode,
      message: thrown.message,
      ...(data !== undefined && { data }),
    };
  }
  return { type: 'error', name: isError(thrown) ? thrown.name : 'Error', message: messageOf(thrown) };
}

/** The error a handler sees for a failed step. `cause` is known on the first run only. */
export function reviveFailure(failure: StepFailure, cause?: unknown): Error {
  switch (failure.type) {
    case 'tool':
      return new ToolError(failure.message, { cause });
    case 'protocol':
      return new ProtocolError(failure.rpcCode, failure.message, failure.data);
    case 'error':
      return new StepError(failure.message, failure.name, cause);
  }
}
