import type { Middleware, Next } from './middleware.js';
import type { Method } from './outcome.js';

/** Makes middleware for one method, typed for its results; other requests pass it by. */
export function only<M extends Method>(method: M, middleware: Middleware<M>): Middleware {
  return (ctx, next, log) =>
    // the method was compared, so what goes through here are the results of M
    ctx.request.method === method ? middleware(ctx, next as unknown as Next<M>, log) : next();
}
