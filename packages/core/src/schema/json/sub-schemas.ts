import type { JsonSchema } from '../compiled-schema.js';

/** Keywords whose value is a schema, a list of schemas, or schemas by name. All other values are data. */
const single = new Set([
  ...['additionalProperties', 'items', 'contains', 'not', 'if', 'then', 'else', 'propertyNames'],
  ...['unevaluatedItems', 'unevaluatedProperties'],
]);
const listed = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const named = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

/** A value as a schema; `true`, `false` and what is none count as the empty one. */
export function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
}

/** A copy of a schema in which each sub-schema was replaced; `at` is where it stands: `/properties/a`. */
export function mapSubSchemas(
  schema: JsonSchema,
  replace: (sub: JsonSchema, at: string) => JsonSchema,
): JsonSchema {
  const one = (sub: unknown, at: string): unknown =>
    typeof sub === 'object' && sub !== null ? replace(sub as JsonSchema, at) : sub;
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (single.has(keyword)) return [keyword, one(value, `/${keyword}`)];
    if (listed.has(keyword) && Array.isArray(value)) {
      return [keyword, value.map((sub: unknown, index) => one(sub, `/${keyword}/${index}`))];
    }
    if (!named.has(keyword)) return [keyword, value];
    const subs = Object.entries(asSchema(value)).map(([name, sub]) => [
      name,
      one(sub, `/${keyword}/${name}`),
    ]);
    return [keyword, Object.fromEntries(subs)];
  });
  return Object.fromEntries(entries);
}

/** The schema that a schema refers to by `$ref: '#…'`, itself where it does not. Keywords beside the `$ref` stay. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let at = schema;
  // A chain of references ends, or it is a circle that nobody can satisfy.
  for (let hops = 0; hops < 20 && typeof at['$ref'] === 'string'; hops += 1) {
    const { $ref, ...beside } = at;
    const target = pointed(root, String($ref));
    if (target === undefined) return at;
    at = { ...target, ...beside };
  }
  return at;
}

function pointed(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined;
  }
  return at === undefined ? undefined : asSchema(at);
}
