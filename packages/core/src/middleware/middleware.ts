import type { Context } from '../context/index.js';
import type { Logger } from '../logging/index.js';
import type { Method, Outcome, Results } from './outcome.js';

export interface NextOptions {
  /** Aborts the handler's `ctx.signal`, beside what aborts it anyway. From then on the handler is not heard any more. */
  signal?: AbortSignal;
  /**
   * Legacy: called with true when the call begins to wait for its client, and with false when it goes on. A modern call
   * does not wait, it is suspended.
   */
  onWaiting?: (isWaiting: boolean) => void;
}

/**
 * Goes on with the request. Resolves to its outcome and never rejects: errors come as `failure`, or as a result with
 * `isError`. May be called once.
 */
export type Next<M extends Method = Method> = (options?: NextOptions) => Promise<Outcome<Results[M]>>;

/** What a middleware may answer with: an outcome, or the bare result of the method. */
export type Answer<M extends Method = Method> = Outcome<Results[M]> | Results[M];

/**
 * Stands around the handling of a request, once for each that arrives (on modern: once a round), and outside of what is
 * replayed. `ctx.request` says what is asked for. Answer with what `next()` resolves to, with another outcome, with a
 * bare result, or refuse by throwing ToolError or ProtocolError. A call that `next()` shows as `suspended` stays so,
 * whatever the middleware returns or throws. Here the client cannot be asked: `ctx.elicit` and `ctx.step` throw
 * CANNOT_ASK. `log` is the server's own log; nothing of it reaches a client.
 */
export type Middleware<M extends Method = Method> = (
  ctx: Context,
  next: Next<M>,
  log: Logger,
) => Answer<M> | Promise<Answer<M>>;
