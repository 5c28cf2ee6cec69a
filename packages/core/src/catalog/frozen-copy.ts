/**
 * A deep, frozen copy as JSON would carry it, without undefined properties and with dates as text:
 * what users handed over stays theirs, unfrozen.
 */
export function frozenCopy<T>(value: T): Unlocked<T> {
  return copy(value) as Unlocked<T>;
}

/** The protocol's types know no `readonly`; the copy is frozen all the same. */
type Unlocked<T> = T extends readonly (infer Item)[]
  ? Unlocked<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Unlocked<T[K]> }
    : T;

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return copy(value.toJSON());
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.freeze(Object.fromEntries(entries.map(([key, item]) => [key, copy(item)])));
}
