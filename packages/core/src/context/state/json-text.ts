/** Why a value would not come back from JSON as it was, and where: `undefined` if it would. */
export interface JsonFault {
  /** `value.basket[2].price` */
  readonly path: string;
  /** `is a Date` */
  readonly what: string;
  readonly fix: string;
}

const plain = 'Store plain data: null, booleans, finite numbers, strings, and arrays and objects of them.';

/** Looks for what JSON would drop, change or refuse. Properties that are undefined may be there: reading them is the same. */
export function faultOf(
  value: unknown,
  path = 'value',
  above: readonly object[] = [],
): JsonFault | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { path, what: `is ${value}`, fix: plain };
    case 'object':
      return value === null ? undefined : faultInObject(value, path, above);
    default:
      return { path, what: `is ${value === undefined ? 'undefined' : `a ${typeof value}`}`, fix: plain };
  }
}

function faultInObject(value: object, path: string, above: readonly object[]): JsonFault | undefined {
  if (above.includes(value)) return { path, what: 'contains itself', fix: plain };
  const inside = [...above, value];
  if (Array.isArray(value)) {
    // by index, so that holes count as what they come back as
    for (let at = 0; at < value.length; at++) {
      const fault = faultOf(value[at], `${path}[${at}]`, inside);
      if (fault) return fault;
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { path, ...faultOfInstance(value) };
  for (const [name, member] of Object.entries(value)) {
    const fault = member === undefined ? undefined : faultOf(member, `${path}.${name}`, inside);
    if (fault) return fault;
  }
  return undefined;
}

function faultOfInstance(value: object): { what: string; fix: string } {
  if (value instanceof Date) return { what: 'is a Date', fix: 'Store its toISOString().' };
  if (value instanceof Map || value instanceof Set)
    return { what: `is a ${value.constructor.name}`, fix: 'Store an array: [...value].' };
  const name = value.constructor?.name;
  return {
    what: `is an instance of ${name === undefined || name === '' ? 'a class' : name}`,
    fix: 'It would come back without its class. Store a copy of its data: { ...value }.',
  };
}
