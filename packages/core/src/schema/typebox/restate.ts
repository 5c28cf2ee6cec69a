import { RepriseError } from '../../errors/index.js';
import type { JsonSchema, RuntimeOnlyRule } from '../compiled-schema.js';
import { itemPath, propertyPath } from '../dto/path.js';
import { asSchema, mapSubSchemas } from '../json/sub-schemas.js';

/** A TypeBox schema in the words of JSON Schema 2020-12, and what those words cannot say. */
export interface Restated {
  readonly jsonSchema: JsonSchema;
  readonly runtimeOnly: readonly RuntimeOnlyRule[];
}

const jsonTypes = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/**
 * TypeBox writes an older dialect in places: tuples as lists of `items`, references by name, regular expressions as
 * objects. With `optionalDefaults` a property that has a default is not required of clients.
 * Throws UNSUPPORTED_TYPE for types that JSON has no values of.
 */
export function restate(schema: object, where: string, optionalDefaults: boolean): Restated {
  const writer = new Writer(where, optionalDefaults);
  const jsonSchema = writer.write(schema as JsonSchema, '');
  const { definitions, runtimeOnly } = writer;
  return {
    jsonSchema: { ...jsonSchema, ...(Object.keys(definitions).length > 0 && { $defs: definitions }) },
    runtimeOnly,
  };
}

class Writer {
  readonly definitions: Record<string, JsonSchema> = {};
  readonly runtimeOnly: RuntimeOnlyRule[] = [];

  constructor(
    readonly where: string,
    readonly optionalDefaults: boolean,
  ) {}

  write(schema: JsonSchema, path: string): JsonSchema {
    this.#noteRuntimeRules(schema, path);
    const { $defs, $id: _id, ...own } = schema;
    if ($defs !== undefined) this.#define(asSchema($defs), path);
    const { type, pattern, $ref } = own;
    if (type !== undefined && !isJsonType(type)) throw this.#noJson(path, String(type));
    const written = mapSubSchemas(asTuple(own), (sub, at) => this.write(sub, pathAt(path, at)));
    if (pattern instanceof RegExp) Object.assign(written, { pattern: this.#patternOf(pattern, path) });
    if (typeof $ref === 'string' && !$ref.startsWith('#')) written['$ref'] = `#/$defs/${$ref}`;
    if (this.optionalDefaults) dropRequired(written);
    return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  }

  /** Definitions move to the root, where every reference finds them. */
  #define(definitions: JsonSchema, path: string): void {
    for (const [name, definition] of Object.entries(definitions)) {
      const written = this.write(asSchema(definition), path);
      const known = this.definitions[name];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(written)) {
        throw new RepriseError('UNSUPPORTED_TYPE', `two different definitions are named "${name}".`, {
          where: located(this.where, path),
          fix: 'Give one of them another name in its Type.Cyclic.',
        });
      }
      this.definitions[name] = written;
    }
  }

  /** What TypeBox checks in code: properties that are not enumerable. */
  #noteRuntimeRules(schema: JsonSchema, path: string): void {
    if ('~refine' in schema) this.runtimeOnly.push({ path, rule: 'refine' });
    if ('~codec' in schema) this.runtimeOnly.push({ path, rule: 'codec' });
  }

  #patternOf({ source, flags }: RegExp, path: string): string | undefined {
    if (flags.replace(/[gyu]/g, '') === '') return source;
    this.runtimeOnly.push({ path, rule: 'pattern' });
    return undefined;
  }

  #noJson(path: string, type: string): RepriseError {
    return new RepriseError('UNSUPPORTED_TYPE', `JSON has no values of type ${type}.`, {
      where: located(this.where, path),
      fix: 'Describe what travels instead: a string, a number, a boolean, an object or a list.',
    });
  }
}

function located(where: string, path: string): string {
  return path === '' ? where : `${where}, property "${path}"`;
}

function isJsonType(type: unknown): boolean {
  return (Array.isArray(type) ? type : [type]).every((name) => jsonTypes.has(String(name)));
}

function asTuple({ items, additionalItems, ...schema }: JsonSchema): JsonSchema {
  if (!Array.isArray(items)) return { ...schema, ...(items !== undefined && { items }) };
  const rest = additionalItems ?? true;
  return {
    ...schema,
    ...(items.length > 0 && { prefixItems: items }),
    ...(rest !== true && { items: rest }),
  };
}

function dropRequired(schema: JsonSchema): void {
  const { required, properties } = schema;
  if (!Array.isArray(required)) return;
  const left = required.filter((name) => !('default' in asSchema(asSchema(properties)[String(name)])));
  schema['required'] = left.length > 0 ? left : undefined;
}

/** The path of a value by the place of its schema: `/properties/a` below `x` is `x.a`. */
function pathAt(path: string, at: string): string {
  const [, keyword, name = ''] = at.split('/');
  if (keyword === 'properties') return propertyPath(path, name);
  return keyword === 'items' || keyword === 'prefixItems' ? itemPath(path, name) : path;
}
