import type { Dto } from './dto.js';

/** Stands for a whole number where a type is named by its constructor: `ctx.elicit('How many?', Integer)`. */
export const Integer = Object.freeze({ integer: true });
export type Integer = typeof Integer;

/**
 * What a question may ask for: a flat DTO, one text, number, whole number or yes/no, or one of a list of strings.
 * Scalars and choices travel as a form with the one field `value` and come back unwrapped.
 */
export type FormType =
  Dto | StringConstructor | NumberConstructor | BooleanConstructor | Integer | readonly string[];

/** The type of the answer to a question of that form. */
export type FormData<F extends FormType> = F extends StringConstructor
  ? string
  : F extends NumberConstructor | Integer
    ? number
    : F extends BooleanConstructor
      ? boolean
      : F extends readonly (infer Choice)[]
        ? Choice
        : F extends Dto<infer T>
          ? T
          : never;

/** How the one field of a scalar question is labelled. */
export interface FieldLabel {
  title?: string;
  description?: string;
}
