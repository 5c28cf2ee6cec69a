import type { JsonSchema } from '../compiled-schema.js';
import { mapSubSchemas } from './sub-schemas.js';

/** An argument of a tool that clients of 2026-07-28 repeat in an HTTP header. */
export interface HeaderParameter {
  /** Lower case, as Node.js lists headers: `mcp-param-region`. */
  readonly header: string;
  /** Where the value is in the arguments. */
  readonly path: readonly string[];
  readonly type: 'string' | 'integer' | 'boolean';
}

/** The keyword that the protocol gives an argument that is repeated in a header. */
export const headerKeyword = 'x-mcp-header';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * The arguments that a schema repeats in headers. `refuse` is told of each that breaks a rule of the protocol: clients
 * would hide the tool.
 */
export function headerParameters(
  root: JsonSchema,
  refuse: (path: string, what: string) => void,
): HeaderParameter[] {
  const found = new Map<string, HeaderParameter>();
  const take = (schema: JsonSchema, path: readonly string[], isReachable: boolean): void => {
    const name = schema[headerKeyword];
    const { type } = schema;
    const at = path.join('.') || 'the arguments themselves';
    const header = `mcp-param-${String(name).toLowerCase()}`;
    if (!isReachable)
      refuse(at, 'is not a plain property: clients must find it without following references');
    else if (typeof name !== 'string' || !token.test(name))
      refuse(at, `names the header ${JSON.stringify(name)}, which has characters that headers cannot have`);
    else if (!isPrimitive(type))
      refuse(at, `is of type ${JSON.stringify(type)}; only string, integer and boolean can be repeated`);
    else if (found.has(header))
      refuse(at, `repeats the header name "${name}"; upper and lower case are the same`);
    else found.set(header, { header, path, type });
  };
  const visit = (schema: JsonSchema, path: readonly string[], isReachable: boolean): void => {
    if (schema[headerKeyword] !== undefined) take(schema, path, isReachable && path.length > 0);
    mapSubSchemas(schema, (sub, at) => {
      const [, keyword = '', ...name] = at.split('/');
      const isProperty = keyword === 'properties';
      visit(sub, [...path, isProperty ? name.join('/') : keyword], isReachable && isProperty);
      return sub;
    });
  };
  visit(root, [], true);
  return [...found.values()];
}

function isPrimitive(type: unknown): type is HeaderParameter['type'] {
  return type === 'string' || type === 'integer' || type === 'boolean';
}
