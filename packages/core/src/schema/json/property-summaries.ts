import type { JsonSchema, PropertySummary } from '../compiled-schema.js';
import { asSchema } from './sub-schemas.js';

/** The properties of the root of a schema, in its order. */
export function propertySummaries(schema: JsonSchema): PropertySummary[] {
  const required: unknown = schema['required'];
  return Object.entries(asSchema(schema['properties'])).map(([name, property]) => {
    const { title, description } = asSchema(property);
    return {
      name,
      required: Array.isArray(required) && required.includes(name),
      ...(typeof title === 'string' && { title }),
      ...(typeof description === 'string' && { description }),
    };
  });
}
