import { createHash } from 'node:crypto';

/** JSON with sorted keys: equal data gives equal text, whatever the order it was written in. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? 'null';
}

/** A short name for data: the first characters of its SHA-256, base64url. 22 characters are 132 bits. */
export function digest(value: unknown, length = 22): string {
  return createHash('sha256').update(canonical(value)).digest('base64url').slice(0, length);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
