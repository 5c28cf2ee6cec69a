import { bind, type HandlerParameterDecorator } from './bind.js';

/** Fills a parameter with the AbortSignal of the request: it aborts when the client cancels or goes away. */
export function Signal(): HandlerParameterDecorator {
  return bind('@Signal', { kind: 'signal' });
}
