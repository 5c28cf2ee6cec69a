import { RepriseError } from '../../errors/index.js';
import { type AnyClass, ownRecords, whereOf } from '../../metadata/index.js';
import type { Dto } from '../../schema/index.js';
import { bind, type HandlerParameterDecorator } from './bind.js';

/**
 * Fills a parameter with all arguments, validated, as an instance of the parameter's class.
 * Name the class, `@Args(TripRequest)`, where the compiler does not write types down (tsx, esbuild).
 */
export function Args(...input: [] | [dto: Dto]): HandlerParameterDecorator {
  const [dto] = input;
  const decorate = bind('@Args', dto === undefined ? { kind: 'args' } : { kind: 'args', input: dto });
  if (input.length === 0 || dto !== undefined) return decorate;
  return (target, key, index) => {
    decorate(target, key, index);
    const cls = target.constructor as AnyClass;
    ownRecords(cls).mistakes.push(
      new RepriseError('CIRCULAR_IMPORT', 'the class given to @Args is undefined.', {
        where: whereOf(cls, key, index),
        fix: 'Move the DTO to a module that does not import this one.',
      }),
    );
  };
}
