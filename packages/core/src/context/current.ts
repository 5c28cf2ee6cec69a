import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from './context.js';

/** Typed `object` here, because the Context class reads it and may not import itself in a circle. */
export const currentContext = new AsyncLocalStorage<object>();

/**
 * Runs a function in which `Context.current()` is this Context: for callbacks that a library calls from a place of its
 * own, such as a connection pool or an event emitter, where the current one is lost or another call's.
 */
export function runWithContext<T>(context: Context, run: () => T): T {
  return currentContext.run(context, run);
}
