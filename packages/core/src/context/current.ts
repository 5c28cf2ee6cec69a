import { AsyncLocalStorage } from 'node:async_hooks';

/** Typed `object` here, because the Context class reads it and may not import itself in a circle. */
export const currentContext = new AsyncLocalStorage<object>();
