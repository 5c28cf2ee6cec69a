import { messageOf, RepriseError } from '../errors/index.js';
import type { CompiledSchema, JsonSchema, Parsed, Problem } from './compiled-schema.js';
import { itemPath, propertyPath } from './dto/path.js';
import { convertStrings } from './from-strings.js';
import { propertySummaries } from './json/property-summaries.js';
import type { StandardResult, StandardSchema } from './schema-source.js';
import type { Direction } from './shape/class-transformer.js';

/** What to do where a library cannot say its schema as JSON Schema. */
const ways: Readonly<Record<string, string>> = {
  zod: 'Use zod 4.2 or later.',
  valibot: "Wrap it: toStandardJsonSchema(schema), from '@valibot/to-json-schema'.",
  arktype: 'Use arktype 2.1.28 or later.',
};

/**
 * Takes a Standard Schema at its word: its JSON Schema is what clients see, its `validate` is the check, and what
 * `validate` gives is what the handler gets. Rules that the library leaves out of its JSON Schema are not known here.
 * Throws UNSUPPORTED_TYPE where it cannot state its JSON Schema.
 */
export function compileStandard<Output>(
  source: Pick<StandardSchema<unknown, Output>, '~standard'>,
  where: string,
  direction: Direction,
): CompiledSchema<Output> {
  const { '~standard': standard } = source;
  const jsonSchema = stated(standard, where, direction);
  const parse = async (value: unknown) => parsed(await standard.validate(value));
  return Object.freeze({
    jsonSchema,
    properties: propertySummaries(jsonSchema),
    runtimeOnly: [],
    parse,
    parseStrings: (values: Readonly<Record<string, unknown>>) => parse(convertStrings(jsonSchema, values)),
  });
}

function stated(standard: StandardSchema['~standard'], where: string, direction: Direction): JsonSchema {
  // The type says it is there; schemas of older versions come without.
  const converter = standard.jsonSchema as StandardSchema['~standard']['jsonSchema'] | undefined;
  if (converter === undefined) {
    throw new RepriseError(
      'UNSUPPORTED_TYPE',
      `a schema of ${standard.vendor} cannot state its JSON Schema.`,
      {
        where,
        fix: ways[standard.vendor] ?? 'Use a DTO class, TypeBox, or a library with Standard JSON Schema.',
      },
    );
  }
  try {
    const { $schema: _dialect, ...schema } = converter[direction]({ target: 'draft-2020-12' });
    // As it will travel: libraries hang properties of their own on what they return.
    return JSON.parse(JSON.stringify(schema)) as JsonSchema;
  } catch (cause) {
    throw new RepriseError('UNSUPPORTED_TYPE', `it has no JSON Schema: ${messageOf(cause)}.`, {
      where,
      fix: 'Describe what travels, such as a string with a format in place of a Date, and convert it in the handler.',
      cause,
    });
  }
}

function parsed<T>(result: StandardResult<T>): Parsed<T> {
  if (result.issues === undefined) return { ok: true, value: result.value };
  return { ok: false, problems: result.issues.map(problemOf) };
}

function problemOf({
  message,
  path = [],
}: {
  message: string;
  path?: readonly unknown[] | undefined;
}): Problem {
  // arktype's path is an array of its own class, whose `map` makes something else of an empty one.
  const at = Array.from(path, keyOf).reduce<string>(
    (before, key) => (typeof key === 'number' ? itemPath(before, key) : propertyPath(before, String(key))),
    '',
  );
  // The path names the subject already.
  return {
    path: at,
    message: at !== '' && message.startsWith(`${at} `) ? message.slice(at.length + 1) : message,
  };
}

function keyOf(segment: unknown): unknown {
  return typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment;
}
