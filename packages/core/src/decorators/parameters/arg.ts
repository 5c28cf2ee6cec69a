import type { ArgOptions } from '../../metadata/index.js';
import { bind, type HandlerParameterDecorator } from './bind.js';

/**
 * Fills a parameter with one argument of a tool or prompt: a string, number or boolean, or one of `enum`.
 * Required unless `required: false`. Without a name, in a @Complete, it is the text typed so far.
 */
export function Arg(name?: string, options: ArgOptions = {}): HandlerParameterDecorator {
  return bind('@Arg', { kind: 'arg', name, options: { ...options } });
}
