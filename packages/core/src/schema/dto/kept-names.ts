/**
 * class-transformer leaves out the keys of an object or a Map that its prototype has as well, such as `toString` or
 * `size`, and says nothing. Keys that a client chose go through it under a mark instead.
 */
const mark = '\0kept:';

/** The name under which class-transformer keeps a key. */
export function keptName(key: string): string {
  return key in Object.prototype || key in Map.prototype || key.startsWith(mark) ? mark + key : key;
}

/** Gives every marked key in a value its own name again, in place and in the order of the keys. */
export function restoreNames(value: unknown, seen = new Set<object>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value); // a class may refer back to itself
  if (value instanceof Map) restoreMap(value as Map<unknown, unknown>);
  else if (!Array.isArray(value) && !(value instanceof Set)) restoreObject(value as Record<string, unknown>);
  const inside = value instanceof Map || value instanceof Set ? value.values() : Object.values(value);
  for (const item of inside as Iterable<unknown>) restoreNames(item, seen);
}

function restoreMap(map: Map<unknown, unknown>): void {
  if (![...map.keys()].some(isMarked)) return;
  const entries = [...map];
  map.clear();
  for (const [key, item] of entries) map.set(isMarked(key) ? key.slice(mark.length) : key, item);
}

function restoreObject(object: Record<string, unknown>): void {
  if (!Object.keys(object).some(isMarked)) return;
  const entries = Object.entries(object);
  for (const [key] of entries) delete object[key];
  for (const [key, item] of entries) object[isMarked(key) ? key.slice(mark.length) : key] = item;
}

function isMarked(key: unknown): key is string {
  return typeof key === 'string' && key.startsWith(mark);
}
