import { instanceToPlain } from 'class-transformer';
import { RepriseError } from '../errors/index.js';
import type { Dto } from './dto.js';
import { changesOutput } from './shape/class-transformer.js';

/**
 * What a handler returned, as plain JSON: instances by class-transformer's `@Expose`, `@Exclude` and `@Transform`,
 * Dates and bigints as strings, Sets as lists, Maps as objects, functions and undefined left out.
 * Throws INVALID_RETURN for a value that contains itself.
 */
export function toPlain(value: unknown): unknown {
  return plain(value, []);
}

function plain(value: unknown, parents: readonly unknown[]): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (parents.includes(value)) {
    throw new RepriseError('INVALID_RETURN', 'the value contains itself, so it cannot be written as JSON.', {
      fix: 'Return a copy without the reference back, or mark that property with @Exclude().',
    });
  }
  return ofObject(value, [...parents, value]);
}

function ofObject(value: object, parents: readonly unknown[]): unknown {
  if (Array.isArray(value) || value instanceof Set) {
    // A hole in a list is null in JSON.
    return Array.from(value as Iterable<unknown>, (item) => plain(item, parents) ?? null);
  }
  if (value instanceof Map) return ofEntries([...(value as Map<unknown, unknown>)], parents);
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return plain((value.toJSON as () => unknown)(), parents);
  if (isDecorated(value)) return plain(instanceToPlain(value, { enableCircularCheck: true }), parents);
  return ofEntries(Object.entries(value), parents);
}

function ofEntries(
  entries: readonly [unknown, unknown][],
  parents: readonly unknown[],
): Record<string, unknown> {
  const written = entries.map(([key, item]): [string, unknown] => [String(key), plain(item, parents)]);
  return Object.fromEntries(written.filter(([, item]) => item !== undefined));
}

/** Only where its decorators matter: class-transformer calls every function it finds on an object. */
function isDecorated(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return false;
  const cls: unknown = value.constructor;
  // Only asked about, never constructed.
  return typeof cls === 'function' && changesOutput(cls as Dto, Object.keys(value));
}
