import type { JsonSchema } from './compiled-schema.js';

/**
 * Values that travel as strings, converted to the types the schema wants. A string that does not convert stays what
 * it is, so that validation reports it like any other wrong value.
 */
export function convertStrings(
  schema: JsonSchema,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const properties = asSchema(schema['properties']);
  const converted = Object.entries(values).map(([name, value]): [string, unknown] => [
    name,
    convert(Object.hasOwn(properties, name) ? asSchema(properties[name]) : {}, value),
  ]);
  return Object.fromEntries(converted);
}

function convert(schema: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => convert(asSchema(schema['items']), item));
  if (typeof value !== 'string') return value;
  const types = Array.isArray(schema['type']) ? (schema['type'] as unknown[]) : [schema['type']];
  if (types.includes('string')) return value;
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  const isNumeric = types.includes('integer') || types.includes('number');
  return isNumeric && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : value;
}

function asSchema(value: unknown): JsonSchema {
  // Sub-schemas are written by this folder; `true` and `false` do not occur.
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {};
}
