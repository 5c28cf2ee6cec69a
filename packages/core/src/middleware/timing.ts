import type { LogLevel } from '../logging/index.js';
import type { Middleware } from './middleware.js';
import type { Outcome } from './outcome.js';
import { targetOf } from './target-of.js';

export interface TimingOptions {
  /** Default `info`. */
  level?: LogLevel;
}

/**
 * Writes a line into the server's log for each request: method, name, outcome (`result`, `refused`, `failure`,
 * `suspended`), round and milliseconds. On modern each round is a request; the time for which a client thinks about a
 * question is part of a legacy call, and of no modern one.
 */
export function timing({ level = 'info' }: TimingOptions = {}): Middleware {
  return async function timing(ctx, next, log) {
    const begin = performance.now();
    const outcome = await next();
    const ms = Math.round((performance.now() - begin) * 10) / 10;
    const { method, round, nested } = ctx.request;
    const name = targetOf(ctx);
    const { requestId } = ctx;
    log.log(level, `${method} ${name}`.trimEnd(), {
      method,
      name,
      outcome: describe(outcome),
      ms,
      round,
      nested,
      requestId,
    });
    return outcome;
  };
}

function describe(outcome: Outcome): 'result' | 'refused' | 'failure' | 'suspended' {
  if (outcome.kind !== 'result') return outcome.kind;
  return outcome.result['isError'] === true ? 'refused' : 'result';
}
