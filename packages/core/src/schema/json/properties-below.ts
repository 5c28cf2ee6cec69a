import type { JsonSchema } from '../compiled-schema.js';
import { propertyPath } from '../dto/path.js';
import { mapSubSchemas } from './sub-schemas.js';

/** A property of a schema or of anything in it; `path` is `passengers[].name`, and `Def.name` in a definition. */
export interface NamedProperty {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** Every property below a schema, each where it is written: those of a definition once. */
export function propertiesBelow(root: JsonSchema): NamedProperty[] {
  const found: NamedProperty[] = [];
  const visit = (schema: JsonSchema, path: string): void => {
    mapSubSchemas(schema, (sub, at) => {
      const [, keyword = '', name = ''] = at.split('/');
      const below = keyword === '$defs' ? name : pathBelow(path, keyword, name);
      if (keyword === 'properties') found.push({ path: below, schema: sub });
      visit(sub, below);
      return sub;
    });
  };
  visit(root, '');
  return found;
}

function pathBelow(path: string, keyword: string, name: string): string {
  if (keyword === 'properties') return propertyPath(path, name);
  return keyword === 'items' || keyword === 'prefixItems' ? `${path}[${name}]` : path;
}
