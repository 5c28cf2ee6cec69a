import { LRUCache } from 'lru-cache';
import { ProtocolError, type RepriseError, ToolError } from '../errors/index.js';
import type { Context } from '../context/index.js';
import type { Middleware } from './middleware.js';
import { rpcCodes } from './outcome.js';
import { positive } from './positive.js';

export interface RateLimitOptions {
  /** How many calls a minute go on for ever. */
  perMinute: number;
  /** How many calls may come at once after a pause. Default: as many as `perMinute`, one at least. */
  burst?: number;
  /**
   * Whose calls are counted together: those of a principal, of a session, of an address, or of what a function names.
   * Where a request has none of what is named, it is counted with all others that have none.
   * Default: the principal, else the session, else the address.
   */
  by?: 'principal' | 'session' | 'address' | ((ctx: Context) => string);
}

interface Bucket {
  tokens: number;
  /** When the tokens were counted, by performance.now(). */
  at: number;
}

/** Buckets are forgotten beyond this number, the longest unused first; a new one is full. */
const maxBuckets = 10_000;

/** A modern call comes once a round; its later rounds have a bucket that is so many times as large. */
const laterRounds = 10;

/**
 * Refuses calls that come too often, by a token bucket: a tool says how many seconds to wait, other methods answer
 * -32005 with `data.retryAfterMs`. The later rounds of a modern call do not count as calls; they have buckets of their
 * own, ten times as large, so that an old state cannot be sent without end. In this process's memory, for at most
 * 10,000 keys.
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  const perMinute = positive('rateLimit, perMinute', options.perMinute);
  const burst = positive('rateLimit, burst', options.burst ?? Math.max(1, perMinute));
  const buckets = new LRUCache<string, Bucket>({ max: maxBuckets });
  return function rateLimit(ctx, next) {
    const isLater = ctx.request.round > 1;
    const factor = isLater ? laterRounds : 1;
    const key = `${isLater ? 'later ' : ''}${keyOf(ctx, options.by)}`;
    const size = Math.max(1, burst) * factor;
    const perMs = (perMinute * factor) / 60_000;
    const now = performance.now();
    const bucket = buckets.get(key) ?? { tokens: size, at: now };
    bucket.tokens = Math.min(size, bucket.tokens + (now - bucket.at) * perMs);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) throw refusal(ctx, Math.ceil((1 - bucket.tokens) / perMs));
    bucket.tokens--;
    return next();
  };
}

function keyOf(ctx: Context, by: RateLimitOptions['by']): string {
  const principal = ctx.principal?.id;
  const { sessionId } = ctx;
  const address = ctx.http?.remoteAddress;
  switch (by) {
    case 'principal':
      return named('principal', principal);
    case 'session':
      return named('session', sessionId);
    case 'address':
      return named('address', address);
    case undefined:
      if (principal !== undefined) return named('principal', principal);
      return sessionId === undefined ? named('address', address) : named('session', sessionId);
    default:
      return named('own', by(ctx));
  }
}

/** Kinds of keys never meet: nobody takes another's bucket by calling a session like an address. */
function named(kind: string, key: string | undefined): string {
  return key === undefined ? `no ${kind}` : `${kind}:${key}`;
}

function refusal({ request }: Context, retryAfterMs: number): RepriseError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  const message = `Too many calls. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return request.method === 'tools/call'
    ? new ToolError(message)
    : new ProtocolError(rpcCodes.rateLimited, message, { retryAfterMs });
}
