import type { MemberKey } from '../../metadata/index.js';
import type { Infer, SchemaSource } from '../../schema/index.js';
import type { InstanceSide } from '../components/declare.js';
import { bind, type HandlerParameterDecorator } from './bind.js';

/** The type of a method's parameter; unknown for members that the compiler hides (private, protected). */
type ParameterAt<C, K, I> = K extends keyof C
  ? C[K] extends (...args: infer P) => unknown
    ? I extends keyof P
      ? P[I]
      : `${I & number}` extends keyof P
        ? P[`${I & number}`]
        : unknown
    : unknown
  : unknown;

/** For parameters that take what the schema gives. */
export type ArgsDecorator<T> = <C extends InstanceSide, K extends MemberKey, I extends number>(
  target: C,
  key: K,
  index: [T] extends [ParameterAt<C, K, I>]
    ? I
    : 'The type of the parameter is not what the schema gives: use Infer<typeof schema>.',
) => void;

/**
 * Fills a parameter with all arguments, validated. Without a schema its type must be a DTO class, and it gets an
 * instance. With one (a DTO class where the compiler does not write types down (tsx, esbuild), a TypeBox schema, a
 * Standard Schema) the parameter is an `Infer<typeof schema>`; another type does not compile.
 */
export function Args(): HandlerParameterDecorator;
export function Args<S extends SchemaSource>(schema: S): ArgsDecorator<Infer<S>>;
export function Args(...given: [] | [schema: SchemaSource]): HandlerParameterDecorator {
  // A schema that was given but is undefined (a circular import) is kept as such, for the error at start-up.
  return bind('@Args', given.length === 0 ? { kind: 'args' } : { kind: 'args', input: given[0] });
}
