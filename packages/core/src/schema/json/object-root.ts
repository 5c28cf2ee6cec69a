import type { JsonSchema } from '../compiled-schema.js';
import { asSchema, resolved } from './sub-schemas.js';

/**
 * The schema with `type: 'object'` at its root, which the protocol asks for, where it accepts nothing but objects;
 * undefined where it accepts more.
 */
export function objectRoot(schema: JsonSchema): JsonSchema | undefined {
  if (schema['type'] === 'object') return schema;
  return acceptsObjectsOnly(schema, schema, 0) ? { type: 'object', ...schema } : undefined;
}

const deepest = 20;

function acceptsObjectsOnly(schema: JsonSchema, root: JsonSchema, depth: number): boolean {
  if (depth > deepest) return false;
  const at = resolved(schema, root);
  if (at['type'] !== undefined) return at['type'] === 'object';
  const deeper = (sub: unknown) => acceptsObjectsOnly(asSchema(sub), root, depth + 1);
  const { allOf, anyOf, oneOf } = at;
  const branches: unknown = anyOf ?? oneOf;
  return (
    (Array.isArray(allOf) && allOf.some(deeper)) ||
    (Array.isArray(branches) && branches.length > 0 && branches.every(deeper))
  );
}
