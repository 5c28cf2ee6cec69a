import type { Context } from '../../context/index.js';
import { bind, type HandlerParameterDecorator } from './bind.js';

/**
 * Makes a parameter decorator of your own: the parameter gets what `resolve` returns (awaited) for the request.
 * What it throws ends the call as if the handler had thrown it. `label` names it in errors.
 */
export function createParamDecorator<T>(
  resolve: (context: Context) => T | Promise<T>,
  label = 'custom',
): () => HandlerParameterDecorator {
  return () => bind(`@${label}`, { kind: 'custom', label, resolve });
}
