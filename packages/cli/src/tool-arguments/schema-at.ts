export type Schema = Readonly<Record<string, unknown>>;

/** The schema of a property inside another, `$ref` followed; empty where nothing is said. */
export function schemaAt(root: Schema, path: readonly string[]): Schema {
  return path.reduce<Schema>(
    (schema, name) => {
      const properties = asSchema(schema['properties']);
      return follow(root, asSchema(Object.hasOwn(properties, name) ? properties[name] : undefined));
    },
    follow(root, root),
  );
}

/** Follows `#/…` references inside one document. */
export function follow(root: Schema, schema: Schema): Schema {
  let at = schema;
  for (let hops = 0; hops < 20; hops++) {
    const reference = at['$ref'];
    if (typeof reference !== 'string' || !reference.startsWith('#')) return at;
    const steps = reference
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    at = steps.reduce<Schema>((inner, step) => asSchema(inner[step]), root);
  }
  return at;
}

export function asSchema(value: unknown): Schema {
  // an object is all that a schema is, until its keywords are looked at
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
