import type { JsonSchema } from '../compiled-schema.js';
import { asSchema, mapSubSchemas, resolved } from './sub-schemas.js';

/** Puts the defaults of a schema where a value has nothing. Undefined where the schema has none to put. */
export function defaultsOf(schema: JsonSchema): ((value: unknown) => unknown) | undefined {
  return mentionsDefault(schema) ? (value) => fill(schema, value, schema) : undefined;
}

function mentionsDefault(schema: JsonSchema): boolean {
  if ('default' in schema) return true;
  let found = false;
  mapSubSchemas(schema, (sub) => {
    found ||= mentionsDefault(sub);
    return sub;
  });
  return found;
}

/** Copies what it changes: the value belongs to somebody else. Branches of unions are left alone. */
function fill(unresolved: JsonSchema, value: unknown, root: JsonSchema): unknown {
  const schema = resolved(unresolved, root);
  if (Array.isArray(value)) return fillItems(schema, value, root);
  if (typeof value !== 'object' || value === null) return value;
  const { allOf } = schema;
  const parts = Array.isArray(allOf)
    ? [schema, ...allOf.map((part) => resolved(asSchema(part), root))]
    : [schema];
  const copy: Record<string, unknown> = { ...value };
  for (const part of parts) {
    for (const [name, property] of Object.entries(asSchema(part['properties']))) {
      const given = Object.hasOwn(copy, name) ? copy[name] : undefined;
      const filled =
        given === undefined ? presetOf(asSchema(property), root) : fill(asSchema(property), given, root);
      if (filled !== undefined) copy[name] = filled;
    }
  }
  return copy;
}

function fillItems(
  { prefixItems, items }: JsonSchema,
  values: readonly unknown[],
  root: JsonSchema,
): unknown[] {
  const first: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  return values.map((item, index) => fill(asSchema(first[index] ?? items), item, root));
}

function presetOf(property: JsonSchema, root: JsonSchema): unknown {
  const preset = resolved(property, root)['default'];
  // Handlers may change what they get.
  return typeof preset === 'object' ? structuredClone(preset) : preset;
}
