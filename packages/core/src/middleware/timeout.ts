import { ProtocolError, type RepriseError, ToolError } from '../errors/index.js';
import type { Context } from '../context/index.js';
import type { Middleware } from './middleware.js';
import { rpcCodes } from './outcome.js';
import { positive } from './positive.js';
import { targetOf } from './target-of.js';

/**
 * Gives a call `ms` milliseconds: then its `ctx.signal` aborts, and it is answered with "timed out after N ms" whether
 * the handler listens or not. Time spent waiting for the client does not count: a legacy call that asks is stopped
 * meanwhile, and on modern each round has its own time.
 */
export function timeout(ms: number): Middleware {
  positive('timeout', ms);
  return async function timeout(ctx, next) {
    const limit = new AbortController();
    const clock = new Clock(ms);
    const late = clock.over.then(() => {
      const error = lateError(ctx, ms);
      limit.abort(error);
      throw error;
    });
    try {
      return await Promise.race([
        late,
        next({
          signal: limit.signal,
          onWaiting: (isWaiting) => (isWaiting ? clock.pause() : clock.run()),
        }),
      ]);
    } finally {
      clock.stop();
    }
  };
}

function lateError(ctx: Context, ms: number): RepriseError {
  const { method } = ctx.request;
  const message = `${targetOf(ctx) || method} timed out after ${ms} ms.`;
  return method === 'tools/call'
    ? new ToolError(message)
    : new ProtocolError(rpcCodes.internalError, message);
}

/** Runs out once, after it has run for so long; stands still while it is paused. */
class Clock {
  readonly over: Promise<void>;
  private ring!: () => void;
  private timer: NodeJS.Timeout | undefined;
  private since = 0;
  private isStopped = false;

  constructor(private left: number) {
    this.over = new Promise((resolve) => (this.ring = resolve));
    this.run();
  }

  run(): void {
    if (this.isStopped || this.timer !== undefined) return;
    this.since = performance.now();
    this.timer = setTimeout(this.ring, this.left);
  }

  pause(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.left = Math.max(0, this.left - (performance.now() - this.since));
  }

  /** The handler may still come and go after the answer. */
  stop(): void {
    this.pause();
    this.isStopped = true;
  }
}
