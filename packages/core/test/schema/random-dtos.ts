import { Expose, Type } from 'class-transformer';
import * as v from 'class-validator';
import fc from 'fast-check';
import { Default } from '../../src/decorators/index.js';
import { type Row, rows } from './rule-rows.js';

/** A class made of random decorators, and values for it: most of them as it wants them. */
export interface RandomDto {
  readonly dto: new () => object;
  readonly values: fc.Arbitrary<unknown>;
}

interface Field {
  readonly decorators: readonly PropertyDecorator[];
  readonly values: fc.Arbitrary<unknown>;
  /** What the compiler would write for the property. */
  readonly design?: unknown;
  readonly wireName?: string;
  /** Its condition looks at the whole value: no schema says when null passes. */
  readonly nullable?: true;
}

const anyString = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 4 }));
const small = fc.integer({ min: -6, max: 6 });
const enumOf = { Low: 1, High: 2, 1: 'Low', 2: 'High' };
const json = fc.jsonValue({ maxDepth: 2 });

const scalarRules = (options?: v.ValidationOptions): fc.Arbitrary<Field> =>
  fc.oneof(
    fc.tuple(fc.nat(3), fc.nat(3)).map(([min, more]) => ({
      decorators: [v.IsString(options), v.MinLength(min, options), v.MaxLength(min + more, options)],
      values: anyString,
    })),
    fc.constantFrom('^a', '[0-9]$', '^[a-z]+$', '\\s').map((source) => ({
      decorators: [v.Matches(new RegExp(source), options)],
      values: anyString,
    })),
    fc.tuple(small, small).map(([min, max]) => ({
      decorators: [v.IsInt(options), v.Min(min, options), v.Max(max, options)],
      values: small,
    })),
    fc.constantFrom(v.IsPositive(options), v.IsNegative(options), v.IsNumber({}, options)).map((rule) => ({
      decorators: [v.IsNumber({}, options), rule],
      values: fc.oneof(small, fc.double({ noNaN: true, noDefaultInfinity: true })),
    })),
    fc.constantFrom<Field>(
      { decorators: [v.IsBoolean(options)], values: fc.boolean() },
      { decorators: [v.IsEnum(enumOf, options)], values: fc.constantFrom(1, 2, 'Low', '1') },
      { decorators: [v.IsIn(['a', 1, true], options)], values: fc.constantFrom('a', 1, true, 'true') },
      { decorators: [v.NotEquals('a', options), v.IsString(options)], values: anyString },
      { decorators: [v.IsNotEmpty(options), v.IsString(options)], values: anyString },
    ),
  );

const valuesOfAllRows = Object.values(rows).flatMap(({ good, bad }) => [...good, ...bad]);

/** One rule of the table, or two of the same type together, with the values of every rule. */
const tableRules: fc.Arbitrary<Field> = fc
  .tuple(fc.constantFrom(...Object.values(rows)), fc.constantFrom(...Object.values(rows)), fc.boolean())
  .map(([row, other, both]) => {
    const used: Row[] = both && other !== row && row.schema['type'] === other.schema['type'] ? [row, other] : [row];
    return {
      decorators: used.flatMap(({ decorators }) => [...decorators]),
      design: row.design,
      values: fc
        .oneof(
          { weight: 4, arbitrary: fc.constantFrom(...used.flatMap(({ good }) => good)) },
          { weight: 2, arbitrary: fc.constantFrom(...used.flatMap(({ good, bad }) => [...good, ...bad])) },
          { weight: 1, arbitrary: fc.constantFrom(...valuesOfAllRows) },
        )
        .filter((value) => value !== undefined),
    };
  });

const lists: fc.Arbitrary<Field> = fc
  .tuple(scalarRules({ each: true }), fc.nat(2), fc.boolean(), fc.boolean())
  .map(([items, min, unique, declared]) => ({
    decorators: [
      ...items.decorators,
      v.ArrayMinSize(min),
      ...(unique ? [v.ArrayUnique()] : []),
      ...(declared ? [v.IsArray()] : []),
    ],
    values: fc.array(fc.oneof(items.values, fc.jsonValue({ maxDepth: 1 })), { maxLength: 4 }),
  }));

function nested(depth: number): fc.Arbitrary<Field> {
  return fc.tuple(randomDtos(depth), fc.boolean()).map(([{ dto, values }, each]) => ({
    decorators: [v.ValidateNested({ each }), Type(() => dto)],
    values: each ? fc.array(values, { maxLength: 2 }) : values,
  }));
}

function union(depth: number): fc.Arbitrary<Field> {
  return fc.tuple(randomDtos(depth), randomDtos(depth)).map(([one, other]) => {
    const subTypes = [
      { name: 'one', value: one.dto },
      { name: 'other', value: other.dto },
    ];
    const discriminator = { property: 'kind', subTypes };
    const named = (name: string, { values }: RandomDto) =>
      values.map((value) => ({ ...(value as object), kind: name }));
    return {
      decorators: [v.ValidateNested(), Type(() => Object, { discriminator, keepDiscriminatorProperty: true })],
      values: fc.oneof(named('one', one), named('other', other), named('third', one), one.values),
    };
  });
}

function fields(depth: number): fc.Arbitrary<Field> {
  const flat = [
    { weight: 3, arbitrary: scalarRules() },
    { weight: 3, arbitrary: tableRules },
    { weight: 2, arbitrary: lists },
  ];
  if (depth === 0) return fc.oneof(...flat);
  return fc.oneof(...flat, nested(depth - 1), union(depth - 1));
}

/** What can be added to any field. */
const extras: fc.Arbitrary<(field: Field) => Field> = fc.constantFrom(
  (field: Field) => field,
  (field: Field) => field,
  (field: Field) => ({ ...field, decorators: [v.IsOptional(), ...field.decorators], nullable: true as const }),
  (field: Field) => ({ ...field, decorators: [Expose({ name: 'renamed' }), ...field.decorators], wireName: 'renamed' }),
  (field: Field) => ({ ...field, decorators: [v.IsDefined(), ...field.decorators] }),
  (field: Field) => ({
    ...field,
    decorators: [v.ValidateIf((dto: { f0?: unknown }) => dto.f0 !== 'a'), ...field.decorators],
  }),
);

export function randomDtos(depth: number): fc.Arbitrary<RandomDto> {
  const list = fc.array(
    fc.tuple(fields(depth), extras).map(([field, extend]) => extend(field)),
    { minLength: 1, maxLength: 4 },
  );
  return list.map((chosen) => {
    class Random {}
    const values: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [n, field] of chosen.entries()) {
      const wireName = field.wireName === undefined ? `f${n}` : `${field.wireName}${n}`;
      for (const decorate of field.decorators) decorate(Random.prototype, `f${n}`);
      if (field.wireName !== undefined) Expose({ name: wireName })(Random.prototype, `f${n}`);
      if (field.design !== undefined)
        Reflect.defineMetadata('design:type', field.design, Random.prototype, `f${n}`);
      // Null for an optional property is taken for its absence, which no schema says: left to its own test.
      const wrong = json.filter((value) => field.nullable !== true || value !== null);
      values[wireName] = fc.oneof({ weight: 8, arbitrary: field.values }, { weight: 1, arbitrary: wrong });
    }
    const partial = fc.record(values, { requiredKeys: [] });
    const whole = fc.record(values);
    const extended = fc.tuple(partial, json).map(([value, extra]) => ({ ...value, extra }));
    const weighted = [
      { weight: 8, arbitrary: whole },
      { weight: 1, arbitrary: partial },
      { weight: 1, arbitrary: extended },
    ];
    return { dto: Random, values: fc.oneof(...weighted) };
  });
}
export { Default };
