import type { ServerResponse } from 'node:http';
import type { AuthInfo } from './auth-info.js';

/** The longest time a Node timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * Ends a stream when the token that opened it expires: what comes later is for those who can still show one.
 * The connection is cut, which every client takes as a reason to come back with the token it has by then.
 */
export function endAtExpiry(res: ServerResponse, { expiresAt }: AuthInfo): void {
  if (expiresAt === undefined) return;
  const wait = expiresAt * 1000 - Date.now();
  if (wait > longest) return;
  const timer = setTimeout(() => res.destroy(), Math.max(0, wait)).unref();
  res.once('close', () => clearTimeout(timer));
}

/** Whether a body opens a stream that lasts: a modern client listens for changes with a POST. */
export function holdsListen(body: unknown): boolean {
  return (
    typeof body === 'object' && body !== null && 'method' in body && body.method === 'subscriptions/listen'
  );
}
