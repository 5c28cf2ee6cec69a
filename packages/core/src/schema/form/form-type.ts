import type { Dto } from '../dto.js';
import type { Infer, StandardSchema, TypeBoxSchema } from '../schema-source.js';
import type { Choices } from './choices.js';

/** Stands for a whole number where a type is named by its constructor: `ctx.elicit('How many?', Integer)`. */
export const Integer = Object.freeze({ integer: true });
export type Integer = typeof Integer;

/** `{ low: 'Low priority' }`, or a numeric TS enum. */
export type ChoiceMap = Readonly<Record<string, string | number>>;

/**
 * What a question may ask for: a flat DTO, TypeBox or Standard Schema; one text, number, whole number or yes/no; one of
 * a list of strings, several of them (`[['a', 'b']]`), a titled choice (`{ low: 'Low priority' }`), a numeric TS enum, or
 * what `choices` and `enumChoices` make. Scalars and choices travel as a form with the one field `value` and come back
 * unwrapped. For a bare yes or no there is `ctx.confirm`.
 */
export type FormType =
  | Dto
  | TypeBoxSchema
  | StandardSchema
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | Integer
  | readonly string[]
  | readonly [readonly string[]]
  | Choices
  | ChoiceMap;

/** The type of the answer to a question of that form. */
export type FormData<F> = F extends StringConstructor
  ? string
  : F extends NumberConstructor | Integer
    ? number
    : F extends BooleanConstructor
      ? boolean
      : F extends Choices<infer T>
        ? T
        : F extends readonly [readonly (infer Choice)[]]
          ? Choice[]
          : F extends readonly (infer Choice)[]
            ? Choice
            : F extends Dto | TypeBoxSchema | StandardSchema
              ? Infer<F>
              : F extends ChoiceMap
                ? ChosenFrom<F>
                : never;

/** A title for each key: the answer is a key. An enum: the answer is a value. */
type ChosenFrom<F extends ChoiceMap> = F[keyof F] extends string ? Extract<keyof F, string> : F[keyof F];

/** An error for the compiler to show where a string enum is given bare: at run time it looks like a map of titles. */
export type NoBareStringEnum<F> = F extends ChoiceMap
  ? F[keyof F] extends string
    ? `${F[keyof F]}` extends F[keyof F]
      ? unknown
      : 'Write enumChoices(TheEnum): a string enum looks like a map of titles.'
    : unknown
  : unknown;

/** How the one field of a scalar question is labelled. */
export interface FieldLabel {
  title?: string;
  description?: string;
}
