import type { Call, Context } from '../context/index.js';
import type { Middleware, Result } from '../middleware/index.js';
import { InsufficientScopeError } from './reach/insufficient-scope-error.js';

/** One call of one entry: what runs when the conversation and its Context are there. */
export interface Invocation<R extends Result> {
  readonly call: Call;
  /** `Class.method` of the handler, for errors and logs. */
  readonly where: string;
  /** What the component and its method put around their calls, outermost first. */
  readonly middleware: readonly Middleware[];
  /** Whether the protocol lets the handler ask its client; then a modern call is played in rounds. */
  readonly canAsk: boolean;
  /** Validates, calls the handler, shapes what it returned. Played once a round. */
  run(context: Context): Promise<R>;
  /** Checks a result that middleware made. Throws INVALID_RETURN. */
  readonly check?: (result: R) => Promise<R>;
  /** How a refusal that the model may read is expressed; absent where the method has no such answer. */
  readonly refuse?: (message: string) => R;
}

/**
 * What cannot be found fails when it is played, so that middleware sees it. Throws InsufficientScopeError: what a caller
 * may not reach, no middleware may answer, not even one that remembers.
 */
export function orFailing<R extends Result>(call: Call, find: () => Invocation<R>): Invocation<R> {
  try {
    return find();
  } catch (thrown) {
    if (thrown instanceof InsufficientScopeError) throw thrown;
    const where = 'name' in call ? `${call.method} ${call.name}` : call.method;
    const run = async () => {
      throw thrown;
    };
    return { call, where, middleware: [], canAsk: false, run };
  }
}
