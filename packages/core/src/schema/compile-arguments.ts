import { RepriseError } from '../errors/index.js';
import type { CompiledSchema, JsonSchema, Parsed, Problem } from './compiled-schema.js';
import { parseDateTime } from './dto/date-time.js';
import { headerKeyword } from './json/header-parameters.js';
import { convertStrings } from './from-strings.js';

/** One argument that is filled by name: `@Arg('city') city: string`. */
export interface ArgumentField {
  readonly name: string;
  /** What the compiler wrote for the parameter: String, Number, Boolean, ... */
  readonly type: unknown;
  readonly required: boolean;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  /** A whole number, where the type cannot tell. */
  readonly integer?: boolean;
  /** The header that repeats it. */
  readonly header?: string;
  /** `Class.method, parameter 1` */
  readonly where: string;
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** The value for the handler, or what is wrong with it. */
  readonly read: (value: unknown) => { value: unknown } | { message: string };
}

/**
 * The schema of an `arguments` object whose properties are separate parameters. Unknown properties are refused,
 * null for an argument that is not required means that it is absent.
 * Throws UNSUPPORTED_TYPE, MISSING_METADATA and TYPE_ONLY_IMPORT for types that say too little.
 */
export function compileArguments(fields: readonly ArgumentField[]): CompiledSchema<Record<string, unknown>> {
  const compiled = new Map(fields.map((field) => [field.name, compileField(field)]));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const jsonSchema: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries([...compiled].map(([name, { schema }]) => [name, schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  const parse = (value: unknown) => Promise.resolve(parseArguments(compiled, value));
  return Object.freeze({
    jsonSchema,
    properties: fields.map(({ name, required: isRequired, title, description }) => ({
      name,
      required: isRequired,
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
    })),
    runtimeOnly: [],
    parse,
    parseStrings: (values: Readonly<Record<string, unknown>>) => parse(convertStrings(jsonSchema, values)),
  });
}

function parseArguments(fields: ReadonlyMap<string, Field>, given: unknown): Parsed<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { ok: false, problems: [{ path: '', message: 'must be an object' }] };
  }
  const values: [string, unknown][] = [];
  const problems: Problem[] = Object.keys(given)
    .filter((key) => !fields.has(key))
    .map((path) => ({ path, message: 'is not a known property' }));
  for (const { name, required, read } of fields.values()) {
    const value: unknown = Object.hasOwn(given, name) ? Reflect.get(given, name) : undefined;
    if (value === undefined || (value === null && !required)) {
      if (required) problems.push({ path: name, message: 'is required' });
      continue;
    }
    const result = read(value);
    if ('message' in result) problems.push({ path: name, message: result.message });
    else values.push([name, result.value]);
  }
  return problems.length === 0 ? { ok: true, value: Object.fromEntries(values) } : { ok: false, problems };
}

function compileField(field: ArgumentField): Field {
  const { schema, read } = field.enum !== undefined ? choice(field.enum) : scalar(field);
  const { name, required, title, description, header } = field;
  const labels = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(header !== undefined && { [headerKeyword]: header }),
  };
  return { name, required, schema: { ...schema, ...labels }, read };
}

function choice(values: readonly (string | number)[]): Pick<Field, 'schema' | 'read'> {
  const types = [...new Set(values.map((value) => (typeof value === 'string' ? 'string' : 'number')))];
  return {
    schema: { type: types.length === 1 ? types[0] : types, enum: [...values] },
    read: (value) =>
      (values as readonly unknown[]).includes(value)
        ? { value }
        : { message: `must be one of ${values.join(', ')}` },
  };
}

function scalar(field: ArgumentField): Pick<Field, 'schema' | 'read'> {
  switch (field.type) {
    case String:
      return { schema: { type: 'string' }, read: typed('string') };
    case Boolean:
      return { schema: { type: 'boolean' }, read: typed('boolean') };
    case Number:
      if (field.integer !== true) return { schema: { type: 'number' }, read: typed('number') };
      return {
        schema: { type: 'integer' },
        read: (value) => (Number.isInteger(value) ? { value } : { message: 'must be a whole number' }),
      };
    case Date:
      return { schema: { type: 'string', format: 'date-time' }, read: readDate };
    default:
      throw unsupported(field);
  }
}

function typed(type: 'string' | 'boolean' | 'number'): Field['read'] {
  return (value) => (typeof value === type ? { value } : { message: `must be a ${type}` });
}

function readDate(value: unknown): { value: unknown } | { message: string } {
  const date = typeof value === 'string' ? parseDateTime(value) : undefined;
  return date === undefined
    ? { message: 'must be a date and time such as 2026-05-17T09:30:00Z' }
    : { value: date };
}

function unsupported({ type, where, name }: ArgumentField): RepriseError {
  const dto = 'Take the arguments as a DTO with @Args, or list the allowed values with the `enum` option.';
  if (type === undefined) {
    return new RepriseError('MISSING_METADATA', `the type of argument "${name}" is not known at run time.`, {
      where,
      fix: `Compile with emitDecoratorMetadata (tsx and esbuild cannot). Or: ${dto}`,
    });
  }
  if (type === Function) {
    return new RepriseError('TYPE_ONLY_IMPORT', `the type of argument "${name}" is not there at run time.`, {
      where,
      fix: `Import it with \`import\`, not \`import type\`. For a class: ${dto}`,
    });
  }
  const named = typeof type === 'function' && type !== Object ? `${type.name} says too little` : 'unknown';
  return new RepriseError(
    'UNSUPPORTED_TYPE',
    `the type of argument "${name}" is no string, number, boolean or Date (${named}).`,
    {
      where,
      fix: dto,
    },
  );
}
