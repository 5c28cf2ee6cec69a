import type { StaticDecode, TSchema } from 'typebox';
import type { Dto } from './dto.js';

/** A schema made with `Type` of the package `typebox` (1.x). */
export type TypeBoxSchema = TSchema & { readonly '~kind': string };

/** Says what it accepts and what comes out, for a version of JSON Schema. */
interface JsonSchemaConverter {
  input(options: { readonly target: 'draft-2020-12' }): Record<string, unknown>;
  output(options: { readonly target: 'draft-2020-12' }): Record<string, unknown>;
}

interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type StandardResult<T> =
  { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/**
 * A schema of any library that follows standardschema.dev and can state itself as JSON Schema: zod from 4.2, arktype from
 * 2.1.28, valibot through `toStandardJsonSchema` of `@valibot/to-json-schema`.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly jsonSchema: JsonSchemaConverter;
  };
}

/** What describes an object: a class with class-validator rules, a TypeBox schema, or a Standard Schema. */
export type SchemaSource = Dto | TypeBoxSchema | StandardSchema;

/**
 * What a handler gets from a schema: `@Args(Trip) trip: Infer<typeof Trip>`. Of a class its instance, of other schemas
 * what they give after defaults and transformations.
 */
export type Infer<S> = S extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : never
  : S extends TypeBoxSchema
    ? StaticDecode<S>
    : S extends Dto<infer T>
      ? T
      : never;

const builtIns: ReadonlySet<unknown> = new Set([
  ...[Object, Function, Array, String, Number, Boolean, BigInt, Symbol, Date, Map, Set, Promise],
]);

/** Classes only: arktype's schemas are functions too. */
export function isDtoClass(source: unknown): source is Dto {
  return typeof source === 'function' && !('~standard' in source) && !builtIns.has(source);
}

export function isTypeBox(source: unknown): source is TypeBoxSchema {
  return typeof source === 'object' && source !== null && '~kind' in source;
}

/** Whether it follows the standard; that it can state its JSON Schema is another question. */
export function isStandard(source: unknown): source is Pick<StandardSchema, '~standard'> {
  const isObject = (typeof source === 'object' && source !== null) || typeof source === 'function';
  return isObject && '~standard' in source;
}
