import { CommandError } from '../command-error.js';
import { type Schema, schemaAt } from './schema-at.js';
import { typedValue } from './typed-value.js';

/**
 * The arguments of a call from `--json '{…}'` and `--arg name=value`, which wins. Values are typed by the tool's input
 * schema; `a.b=1` sets a property inside; an array takes its name several times. Throws CommandError for what cannot be
 * read; whether the arguments are valid is for the server to say.
 */
export function readArguments(
  pairs: readonly string[],
  json: string | undefined,
  schema: Schema,
): Record<string, unknown> {
  const result = json === undefined ? {} : parseObject(json);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new CommandError(`--arg ${pair} is no argument.`, 'Write --arg name=value.');
    const path = pair.slice(0, at).split('.');
    put(result, path, typedValue(pair.slice(0, at), pair.slice(at + 1), schemaAt(schema, path)));
  }
  return result;
}

function parseObject(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new CommandError('--json is not JSON.', `Write it in single quotes: --json '{"nights": 2}'`, {
      cause,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CommandError('--json is not an object.', `Write the arguments by name: --json '{"nights": 2}'`);
  return { ...value };
}

/** An array grows with each value; anything else is replaced. */
function put(into: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    const inner = into[name];
    const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {};
    put(next, rest, value);
    define(into, name, next);
  } else {
    const before = Object.hasOwn(into, name) ? into[name] : undefined;
    define(
      into,
      name,
      Array.isArray(value) && Array.isArray(before)
        ? [...(before as unknown[]), ...(value as unknown[])]
        : value,
    );
  }
}

/** A name such as `__proto__` is a property like others. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
