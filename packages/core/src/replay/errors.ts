import { RepriseError } from '../errors/index.js';

/**
 * Ends an attempt whose call waits for the client. The answer to the client is already decided when this is thrown:
 * catching it changes nothing, `finally` blocks run as usual.
 */
export class SuspendedError extends RepriseError {
  constructor() {
    super('SUSPENDED', 'This attempt is over: the call waits for the client and will be played again.', {
      fix: 'Let this error pass.',
    });
  }
}

/** On replay the handler asked something else than before, so the answers that came back belong to nothing. */
export class DivergenceError extends RepriseError {
  constructor(
    where: string,
    readonly what: string,
  ) {
    super('DIVERGED', what, {
      where,
      fix: 'A handler that asks is played again from the start: move clock, randomness and I/O into ctx.step().',
    });
  }
}

/** What a failed ctx.step throws: the same on the first run and on every replay. `cause` is there on the first run only. */
export class StepError extends RepriseError {
  constructor(
    message: string,
    /** The name of the error the step threw. */
    readonly originalName: string,
    cause?: unknown,
  ) {
    super('STEP_FAILED', message, { cause });
  }
}

/** The sealed state would be larger than its limit. */
export class StateTooLargeError extends RepriseError {
  constructor(where: string, size: number, limit: number, largest: readonly string[]) {
    super(
      'STATE_TOO_LARGE',
      `The sealed state has ${size} bytes, the limit is ${limit}. Largest: ${largest.join(', ')}.`,
      {
        where,
        fix: 'Return an id from the step and keep the data in a store.',
      },
    );
  }
}

export type RejectionReason =
  'malformed' | 'unknown key' | 'forged or foreign' | 'expired' | 'too large' | 'other answers';

/** A state that cannot be opened, or came with other answers than before. The reason is for the log only. */
export class StateRejectedError extends RepriseError {
  constructor(readonly reason: RejectionReason) {
    super('STATE_REJECTED', `requestState rejected: ${reason}.`);
  }
}

/** The user's answers stayed invalid, or none came where one is required. */
export class ElicitationError extends RepriseError {
  constructor(message: string) {
    super('ELICITATION', message);
  }
}

/** The client cancelled the call, or went away. */
export class CancelledError extends RepriseError {
  constructor(reason: unknown) {
    super('CANCELLED', 'The call was cancelled.', { cause: reason });
  }
}
