import { LRUCache } from 'lru-cache';
import type { Context } from '../context/index.js';
import { canonical } from '../replay/index.js';
import type { Middleware } from './middleware.js';
import type { Result } from './outcome.js';
import { positive } from './positive.js';

export interface CachedOptions {
  /** How long an answer is given again, in milliseconds. */
  ttlMs: number;
  /** How many answers are kept, the longest unused forgotten first. Default 1000. */
  maxEntries?: number;
  /**
   * Whether all requests without a principal share their answers. Only right where the answer depends on nothing but
   * the arguments. Default false: then each session has its own, and where there is neither, nothing is kept.
   */
  shareAnonymous?: boolean;
}

/**
 * Answers a tool, prompt or resource again from memory: the same name and arguments, by the same principal, in the same
 * era. Put it on handlers that only read. What is kept is a result that came without a question: no refusal, no error,
 * nothing that its client was asked about, neither in an earlier round. Everything else goes by.
 */
export function cached({ ttlMs, maxEntries = 1000, shareAnonymous = false }: CachedOptions): Middleware {
  const ttl = positive('cached, ttlMs', ttlMs);
  const kept = new LRUCache<string, Result>({ max: positive('cached, maxEntries', maxEntries), ttl });
  return async function cached(ctx, next) {
    const key = keyOf(ctx, shareAnonymous);
    if (key === undefined) return next();
    const known = kept.get(key);
    // a copy: what other middleware makes of it is not for the next one
    if (known !== undefined) return structuredClone(known);
    let hasAsked = false;
    const outcome = await next({ onWaiting: () => (hasAsked = true) });
    if (outcome.kind === 'result' && !hasAsked && outcome.result['isError'] !== true)
      kept.set(key, structuredClone(outcome.result));
    return outcome;
  };
}

const cachable: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);

/** One text for all requests with the same answer; undefined where the answer must not be kept. */
function keyOf(ctx: Context, shareAnonymous: boolean): string | undefined {
  const { method, name, uri, arguments: args, round } = ctx.request;
  const owner = ownerOf(ctx, shareAnonymous);
  if (!cachable.has(method) || round > 1 || owner === undefined) return undefined;
  return canonical([ctx.era, owner, method, name ?? uri, args]);
}

/** Never one for two principals, nor for a principal and somebody unknown. */
function ownerOf(
  { principal, sessionId, transport }: Context,
  shareAnonymous: boolean,
): readonly string[] | undefined {
  if (principal !== undefined) return ['principal', principal.id];
  if (shareAnonymous) return ['anybody'];
  if (sessionId !== undefined) return ['session', sessionId];
  // one pipe, one client
  return transport === 'stdio' ? ['stdio'] : undefined;
}
