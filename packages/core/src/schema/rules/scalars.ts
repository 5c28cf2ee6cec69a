import type { ValueType } from './rule.js';

export function isJsonScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** The JSON types of a list of allowed values; undefined where one of them has none. */
export function typesOfValues(values: unknown): readonly ValueType[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  const types = new Set<ValueType>();
  for (const value of values as readonly unknown[]) {
    const type = typeOfValue(value);
    if (type === undefined) return undefined;
    types.add(type);
  }
  // A whole number is a number: ['integer', 'number'] says no more than ['number'].
  if (types.has('number')) types.delete('integer');
  return [...types];
}

function typeOfValue(value: unknown): ValueType | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return undefined;
}

/** The values of an enum object. A numeric enum also maps each number back to its name; those are no values. */
export function enumValues(object: unknown): readonly unknown[] {
  if (typeof object !== 'object' || object === null) return [];
  const entries = Object.entries(object);
  const isReverse = (key: string, value: unknown) =>
    typeof value === 'string' && String(Number(key)) === key && Reflect.get(object, value) === Number(key);
  return [
    ...new Set(entries.filter(([key, value]) => !isReverse(key, value)).map(([, value]): unknown => value)),
  ];
}
