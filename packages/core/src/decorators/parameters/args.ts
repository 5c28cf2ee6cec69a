import type { Dto } from '../../schema/index.js';
import { bind, type HandlerParameterDecorator } from './bind.js';

/**
 * Fills a parameter with all arguments, validated, as an instance of the parameter's class.
 * Name the class, `@Args(TripRequest)`, where the compiler does not write types down (tsx, esbuild).
 */
export function Args(...given: [] | [dto: Dto]): HandlerParameterDecorator {
  // A class that was given but is undefined (a circular import) is kept as such, for the error at start-up.
  return bind('@Args', given.length === 0 ? { kind: 'args' } : { kind: 'args', input: given[0] });
}
