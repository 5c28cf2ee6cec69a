import { type CompiledSchema, compileSchema, type SchemaSource } from '../../schema/index.js';

/** Models are often asked in a loop; a schema is compiled once. */
const schemas = new WeakMap<SchemaSource, CompiledSchema>();

/** Throws UNSUPPORTED_TYPE and its like, located. */
export function compiled(source: SchemaSource, where: string): CompiledSchema {
  const known = schemas.get(source);
  if (known) return known;
  const schema: CompiledSchema = compileSchema(source, where);
  schemas.set(source, schema);
  return schema;
}
