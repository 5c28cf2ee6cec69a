import { Expose, Type } from 'class-transformer';
import * as v from 'class-validator';
import fc from 'fast-check';
import { type Row, rows } from './rule-rows.js';

/** What a random class is made of, and values for it: most of them as it wants them. */
export interface RandomDto {
  /** A new class each time: see forgetClasses. */
  readonly build: () => new () => object;
  readonly values: fc.Arbitrary<unknown>;
}

type Decorators = readonly PropertyDecorator[];

interface Field {
  readonly decorators: () => Decorators;
  readonly values: fc.Arbitrary<unknown>;
  /** What the compiler would write for the property. */
  readonly design?: unknown;
  readonly renamed?: boolean;
  /** Null is taken for absence, which no schema says: left to a test of its own. */
  readonly nullable?: boolean;
}

/** class-validator looks through all classes it ever saw, and all rules: without this, thousands take minutes. */
export function forgetClasses(): void {
  // Private, and the only way.
  (
    v.getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, unknown> }
  ).validationMetadatas.clear();
}
const instances = new WeakMap<object, object>();
v.useContainer({
  get: (cls: new () => object) => {
    const known = instances.get(cls) ?? new cls();
    instances.set(cls, known);
    return known;
  },
});

// Made once: they are slow to make.
const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
const anyString = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: character, maxLength: 4 }));
const patterns = [/^a/, /[0-9]$/, /^[a-z]+$/, /\s/].map(
  (pattern) => [pattern, fc.stringMatching(pattern)] as const,
);
const small = fc.integer({ min: -6, max: 6 });
const enumOf = { Low: 1, High: 2, 1: 'Low', 2: 'High' };
const json = fc.jsonValue({ maxDepth: 2 });

const field = (decorators: Decorators, values: fc.Arbitrary<unknown>): Field => ({
  decorators: () => decorators,
  values,
});

/** Mostly what a rule wants, sometimes what is near it. */
const mostly = (wanted: fc.Arbitrary<unknown>, other: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: wanted }, { weight: 1, arbitrary: other });

const scalarRules = (options?: v.ValidationOptions): fc.Arbitrary<Field> =>
  fc.oneof(
    fc
      .tuple(fc.nat(3), fc.nat(3))
      .map(([min, more]) =>
        field(
          [v.IsString(options), v.MinLength(min, options), v.MaxLength(min + more, options)],
          mostly(fc.string({ unit: character, minLength: min, maxLength: min + more }), anyString),
        ),
      ),
    fc
      .constantFrom(...patterns)
      .map(([pattern, matching]) => field([v.Matches(pattern, options)], mostly(matching, anyString))),
    fc
      .tuple(small, fc.nat(6))
      .map(([min, more]) =>
        field(
          [v.IsInt(options), v.Min(min, options), v.Max(min + more, options)],
          mostly(fc.integer({ min, max: min + more }), small),
        ),
      ),
    fc
      .constantFrom(v.IsPositive(options), v.IsNegative(options), v.IsNumber({}, options))
      .map((rule) =>
        field([v.IsNumber({}, options), rule], fc.oneof(small, fc.double({ min: -9, max: 9, noNaN: true }))),
      ),
    fc.constantFrom(
      field([v.IsBoolean(options)], fc.boolean()),
      field([v.IsEnum(enumOf, options)], mostly(fc.constantFrom(1, 2), fc.constantFrom('Low', '1'))),
      field([v.IsIn(['a', 1, true], options)], mostly(fc.constantFrom('a', 1, true), fc.constant('true'))),
      field([v.NotEquals('a', options), v.IsString(options)], anyString),
      field([v.IsNotEmpty(options), v.IsString(options)], anyString),
    ),
  );

const tableRows = Object.values(rows);
const valuesOfAllRows = tableRows.flatMap(({ good, bad }) => [...good, ...bad]);

/** One rule of the table, or two of the same type together, with values of theirs and of others. */
const tableRules: fc.Arbitrary<Field> = fc
  .tuple(fc.constantFrom(...tableRows), fc.constantFrom(...tableRows), fc.boolean())
  .map(([row, other, both]) => {
    const sameType = row.schema['type'] === other.schema['type'];
    const used: Row[] = both && other !== row && sameType ? [row, other] : [row];
    const wanted = used.flatMap(({ good }) => good);
    const own = fc.constantFrom(...wanted, ...used.flatMap(({ bad }) => bad));
    const values = mostly(fc.constantFrom(...wanted), mostly(own, fc.constantFrom(...valuesOfAllRows)));
    return {
      ...field(
        used.flatMap(({ decorators }) => [...decorators]),
        values.filter((value) => value !== undefined),
      ),
      design: row.design,
      nullable: wanted.includes(undefined),
    };
  });

const lists: fc.Arbitrary<Field> = fc
  .tuple(scalarRules({ each: true }), fc.nat(2), fc.boolean(), fc.boolean())
  .map(([items, min, unique, declared]) => {
    const ofList = [
      v.ArrayMinSize(min),
      ...(unique ? [v.ArrayUnique()] : []),
      ...(declared ? [v.IsArray()] : []),
    ];
    const item = mostly(items.values, fc.jsonValue({ maxDepth: 1 }));
    return field([...items.decorators(), ...ofList], fc.array(item, { minLength: min, maxLength: 4 }));
  });

function nested(depth: number, only: Only): fc.Arbitrary<Field> {
  return fc.tuple(randomDtos(depth, only), fc.boolean()).map(([{ build, values }, each]) => ({
    decorators: () => {
      const dto = build();
      return [v.ValidateNested({ each }), Type(() => dto)];
    },
    values: each ? fc.array(values, { maxLength: 2 }) : values,
  }));
}

function union(depth: number, only: Only): fc.Arbitrary<Field> {
  return fc.tuple(randomDtos(depth, only), randomDtos(depth, only)).map(([one, other]) => {
    const named = (name: string, { values }: RandomDto) =>
      values.map((value) => ({ ...(value as object), kind: name })); // a record of fields
    return {
      decorators: () => {
        const subTypes = [
          { name: 'one', value: one.build() },
          { name: 'other', value: other.build() },
        ];
        const discriminator = { property: 'kind', subTypes };
        return [v.ValidateNested(), Type(() => Object, { discriminator, keepDiscriminatorProperty: true })];
      },
      values: mostly(
        fc.oneof(named('one', one), named('other', other)),
        fc.oneof(named('third', one), one.values),
      ),
    };
  });
}

function fields(depth: number, only: Only): fc.Arbitrary<Field> {
  const flat = [
    { weight: 4, arbitrary: scalarRules() },
    { weight: 3, arbitrary: lists },
    ...(only.plain ? [] : [{ weight: 5, arbitrary: tableRules }]),
    ...(depth > 0 ? [{ weight: 2, arbitrary: nested(depth - 1, only) }] : []),
    ...(depth > 0 && !only.plain
      ? [{ weight: 2, arbitrary: union(depth - 1, { unconditional: true }) }]
      : []),
  ];
  return fc.oneof(...flat);
}

const adding =
  (rule: PropertyDecorator, more: Partial<Field> = {}) =>
  (to: Field): Field => ({ ...to, decorators: () => [rule, ...to.decorators()], ...more });

/** What can be added to any field. */
const additions = fc.oneof(
  { weight: 3, arbitrary: fc.constant((to: Field) => to) },
  { weight: 1, arbitrary: fc.constant(adding(v.IsOptional(), { nullable: true })) },
  { weight: 1, arbitrary: fc.constant(adding(v.IsDefined())) },
);
const conditions = adding(v.ValidateIf(({ f0 }: { f0?: unknown }) => f0 !== 'a'));

interface Only {
  /** Nothing that needs more than plainToInstance and validate; nothing is renamed. */
  readonly plain?: boolean;
  /** No `@ValidateIf`: inside a union nobody can tell which of the schema's complaints is about it. */
  readonly unconditional?: boolean;
}

export function randomDtos(depth: number, only: Only = {}): fc.Arbitrary<RandomDto> {
  const renamed = fc.constant((to: Field): Field => ({ ...to, renamed: true }));
  const added = fc.oneof(
    { weight: 4, arbitrary: additions },
    ...(only.plain ? [] : [{ weight: 1, arbitrary: renamed }]),
    ...(only.plain || only.unconditional ? [] : [{ weight: 1, arbitrary: fc.constant(conditions) }]),
  );
  const one = fc.tuple(fields(depth, only), added);
  return fc
    .array(
      one.map(([made, add]) => add(made)),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) => ({ build: () => classOf(list), values: valuesOf(list) }));
}

const wireName = ({ renamed }: Field, n: number) => (renamed === true ? `renamed${n}` : `f${n}`);

function classOf(list: readonly Field[]): new () => object {
  class Random {}
  for (const [n, made] of list.entries()) {
    for (const decorate of made.decorators()) decorate(Random.prototype, `f${n}`);
    if (made.renamed === true) Expose({ name: wireName(made, n) })(Random.prototype, `f${n}`);
    if (made.design !== undefined)
      Reflect.defineMetadata('design:type', made.design, Random.prototype, `f${n}`);
  }
  return Random;
}

function valuesOf(list: readonly Field[]): fc.Arbitrary<unknown> {
  const values = list.map((made, n): [string, fc.Arbitrary<unknown>] => {
    const any = mostly(made.values, mostly(made.values, json));
    return [wireName(made, n), any.filter((value) => made.nullable !== true || value !== null)];
  });
  const record = Object.fromEntries(values);
  const partial = fc.record(record, { requiredKeys: [] });
  return fc.oneof(
    { weight: 18, arbitrary: fc.record(record) },
    { weight: 1, arbitrary: partial },
    { weight: 1, arbitrary: fc.tuple(partial, json).map(([value, extra]) => ({ ...value, extra })) },
  );
}
