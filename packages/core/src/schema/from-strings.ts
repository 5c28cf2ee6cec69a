import type { JsonSchema } from './compiled-schema.js';
import { asSchema, resolved } from './json/sub-schemas.js';

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
    convert(Object.hasOwn(properties, name) ? asSchema(properties[name]) : {}, value, schema),
  ]);
  return Object.fromEntries(converted);
}

function convert(unresolved: JsonSchema, value: unknown, root: JsonSchema): unknown {
  const schema = resolved(unresolved, root);
  if (Array.isArray(value)) {
    return value.map((item: unknown) => convert(asSchema(schema['items']), item, root));
  }
  if (typeof value !== 'string') return value;
  const types: readonly unknown[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  const choice = types.length > 1 || types[0] === undefined ? namedChoice(schema, value) : undefined;
  if (choice !== undefined) return choice;
  if (types.includes('string')) return value;
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  const isNumeric = types.includes('integer') || types.includes('number');
  if (isNumeric && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return Number(value);
  return types[0] === undefined ? convertInBranch(schema, value, root) : value;
}

/** Among strings, numbers and booleans to choose from, "1" is the number unless it is a choice itself. */
function namedChoice(schema: JsonSchema, value: string): unknown {
  const { enum: values, const: only } = schema;
  const listed = branchesOf(schema).map((branch) => branch['const']);
  const choices: readonly unknown[] = Array.isArray(values) ? values : [only, ...listed];
  if (choices.includes(value)) return value;
  return choices.find((choice) => choice !== undefined && String(choice) === value);
}

/** The first alternative that the string converts to; none where one of them is a string. */
function convertInBranch(schema: JsonSchema, value: string, root: JsonSchema): unknown {
  const branches = branchesOf(schema).map((branch) => resolved(branch, root));
  if (branches.some(({ type }) => type === 'string')) return value;
  const converted = branches.map((branch) => convert(branch, value, root));
  return converted.find((result) => result !== value) ?? value;
}

function branchesOf({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  const branches: readonly unknown[] = [anyOf, oneOf].find(Array.isArray) ?? [];
  return branches.map(asSchema);
}
