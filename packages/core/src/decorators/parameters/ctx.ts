import { bind, type HandlerParameterDecorator } from './bind.js';

/** Fills a parameter with the Context of the request. A parameter of type Context needs no decorator. */
export function Ctx(): HandlerParameterDecorator {
  return bind('@Ctx', { kind: 'context' });
}
