import { isError } from '../errors/index.js';
import type { LogFields } from './logger.js';
import { isSecretName, redacted, withoutSecrets } from './secrets.js';

/** Deeper data is cut. */
const maxDepth = 8;

/**
 * The fields as a log can hold them: plain data without secrets. Users log what they like, and a log line must not
 * fail a call: circles, getters that throw and numbers beyond JSON become a note.
 */
export function loggable(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(members(fields, []));
}

function members(value: object, above: readonly object[]): [string, unknown][] {
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => [name, isSecretName(name) ? redacted : plain(inner, above)]);
}

function plain(value: unknown, above: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      return withoutSecrets(value);
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'function':
      return `[function ${value.name}]`;
    case 'object':
      if (value === null) return null;
      if (above.includes(value)) return '[circular]';
      if (above.length >= maxDepth) return '[deep]';
      return tried(() => plainObject(value, [...above, value]));
    default:
      return value;
  }
}

function plainObject(value: object, above: readonly object[]): unknown {
  if (isError(value)) return withoutSecrets(value.stack ?? value.message);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => plain(item, above));
  if (value instanceof Map) return plain(Object.fromEntries(value), above);
  if (value instanceof Set) return plain([...value], above);
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), above);
  return Object.fromEntries(members(value, above));
}

function tried(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return '[unreadable]';
  }
}
