import { RepriseError } from '../../errors/index.js';

/** How many of the choices may be taken. */
export interface ManyOptions {
  min?: number;
  max?: number;
}

export interface Choice {
  readonly value: string | number;
  readonly title?: string;
}

/** A choice to ask for with `ctx.elicit`; made by `choices` and `enumChoices`. `T` is the type of the answer. */
export class Choices<T = unknown> {
  /** For the compiler alone: nothing else of a Choices says what its answer is. */
  declare readonly answer: T;

  constructor(
    readonly list: readonly Choice[],
    /** Undefined where one is taken. */
    readonly several?: ManyOptions,
  ) {}

  /** Lets the user take several, each once; the answer is a list. Any number of them unless `min` and `max` say. */
  many(this: Choices<string | number>, limits?: ManyOptions): Choices<T[]> {
    return new Choices<T[]>(this.list, { ...limits });
  }
}

/**
 * One of several strings: `choices('red', 'blue')`, or with titles `choices({ low: 'Low priority', high: 'High' })`, where
 * the answer is a key. Add `.many()` to let the user take several.
 */
export function choices<const T extends readonly [string, ...string[]]>(...values: T): Choices<T[number]>;
export function choices<const T extends Readonly<Record<string, string>>>(
  titles: T,
): Choices<Extract<keyof T, string>>;
export function choices(...given: readonly unknown[]): Choices<string> {
  const [first] = given;
  if (typeof first === 'object' && first !== null) return new Choices(titled(first));
  return new Choices(given.map((value) => ({ value: String(value) })));
}

/**
 * One of the values of a TS enum; users read its keys where they differ from its values. Add `.many()` for several.
 */
export function enumChoices<T extends Readonly<Record<string, string | number>>>(
  type: T,
): Choices<T[keyof T]> {
  return new Choices(membersOf(type));
}

/** The choices of a map of titles, or of an enum that has numbers, which is told from it by them. */
export function choicesIn(map: unknown, where: string): readonly Choice[] {
  const values: unknown[] = typeof map === 'object' && map !== null ? Object.values(map) : [];
  const isMap = values.every((value) => typeof value === 'string' || typeof value === 'number');
  if (values.length === 0 || !isMap) {
    throw new RepriseError('UNSUPPORTED_FORM', 'it is no schema, no map of titles and no enum.', {
      where,
      fix: "Give a DTO class, a schema, choices such as { low: 'Low priority' }, or String, Number, Boolean, Integer.",
    });
  }
  // A map with values is an object.
  const known = map as object;
  return values.some((value) => typeof value === 'number') ? membersOf(known) : titled(known);
}

function titled(map: object): Choice[] {
  return Object.entries(map).map(([value, title]) => ({ value, title: String(title) }));
}

/** Without the reverse mapping of numeric enums: there a number is the key, and its name the value. */
function membersOf(type: object): Choice[] {
  const members = Object.entries(type).filter(
    ([key, value]) => !(typeof value === 'string' && Reflect.get(type, value) === Number(key)),
  );
  return members.map(([key, value]: [string, string | number]) => ({
    value,
    ...(String(value) !== key && { title: key }),
  }));
}
