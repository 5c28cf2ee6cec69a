import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { plainToInstance, Type } from 'class-transformer';
import * as v from 'class-validator';
import fc from 'fast-check';
import { compileDto } from '../../src/schema/index.js';

/** Formats only annotate in 2020-12; what they promise is listed as enforced at run time. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });

interface Field {
  readonly decorators: readonly PropertyDecorator[];
  readonly values: fc.Arbitrary<unknown>;
  readonly design?: unknown;
}

const anyString = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 4 }));
const small = fc.integer({ min: -6, max: 6 });
const enumOf = { Low: 1, High: 2, 1: 'Low', 2: 'High' };

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
    fc.constant({ decorators: [v.IsBoolean(options)], values: fc.boolean() }),
    fc.constant({ decorators: [v.IsEnum(enumOf, options)], values: fc.constantFrom(1, 2, 'Low', '1') }),
    fc.constant({
      decorators: [v.IsIn(['a', 1, true], options)],
      values: fc.constantFrom('a', 1, true, 'true'),
    }),
    fc.constant({ decorators: [v.NotEquals('a', options), v.IsString(options)], values: anyString }),
    fc.constant({ decorators: [v.IsNotEmpty(options), v.IsString(options)], values: anyString }),
  );

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

const fields = (depth: number): fc.Arbitrary<Field> =>
  depth === 0 ? fc.oneof(scalarRules(), lists) : fc.oneof(scalarRules(), lists, nested(depth - 1));

function nested(depth: number): fc.Arbitrary<Field> {
  return fc.tuple(dtos(depth), fc.boolean()).map(([{ dto, values }, each]) => ({
    decorators: [v.ValidateNested({ each }), Type(() => dto)],
    values: each ? fc.array(values, { maxLength: 2 }) : values,
  }));
}

function dtos(depth: number): fc.Arbitrary<{ dto: new () => object; values: fc.Arbitrary<unknown> }> {
  return fc.array(fc.tuple(fields(depth), fc.boolean()), { maxLength: 3 }).map((list) => {
    class Dto {}
    const values: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [n, [field, optional]] of list.entries()) {
      const name = `f${n}`;
      const decorators = optional ? [v.IsOptional(), ...field.decorators] : field.decorators;
      for (const decorate of decorators) decorate(Dto.prototype, name);
      // Null for an optional property is taken for its absence, which no schema says: left to its own test.
      const wrong = fc.jsonValue({ maxDepth: 2 }).filter((value) => !optional || value !== null);
      values[name] = fc.oneof({ weight: 6, arbitrary: field.values }, { weight: 1, arbitrary: wrong });
    }
    const record = fc.record(values, { requiredKeys: [] });
    const whole = fc.record(values);
    const extended = fc.tuple(record, fc.jsonValue()).map(([value, extra]) => ({ ...value, extra }));
    return {
      dto: Dto,
      values: fc.oneof(
        { weight: 5, arbitrary: whole },
        { weight: 1, arbitrary: record },
        { weight: 1, arbitrary: extended },
      ),
    };
  });
}

const cases = dtos(2).chain(({ dto, values }) => values.map((value) => ({ dto, value })));

test('the schema and the validation agree on random values of random DTOs', async () => {
  const seen = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(cases, async ({ dto, value }) => {
      const schema = compileDto(dto);
      fc.pre(schema.runtimeOnly.length === 0);
      const { ok } = await schema.parse(value);
      seen[ok ? 'accepted' : 'refused'] += 1;
      expect(ajv.validateSchema(schema.jsonSchema)).toBe(true);
      const check = ajv.compile(schema.jsonSchema);
      expect({ ok: check(value), errors: check.errors }).toMatchObject({ ok });
    }),
    { numRuns: 250 },
  );
  // A test in which one side never happens would prove nothing.
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(25);
});

test('what class-validator refuses by hand is never accepted', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ dto, value }) => {
      const parsed = await compileDto(dto).parse(value);
      if (!parsed.ok) return;
      const byHand = await v.validate(plainToInstance(dto, structuredClone(value)), {
        whitelist: true,
        forbidNonWhitelisted: true,
        forbidUnknownValues: false,
      });
      expect(byHand).toEqual([]);
      expect(parsed.value).toBeInstanceOf(dto);
    }),
    { numRuns: 120 },
  );
});
