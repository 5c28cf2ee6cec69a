import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import * as classValidator from 'class-validator';
import { compileDto } from '../../src/schema/index.js';
import { ruleTable } from '../../src/schema/rules/index.js';
import { dtoOf, type Row, rows } from './rule-rows.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
// The CommonJS build puts the plugin on the namespace as well.
(addFormats as unknown as { default?: (on: Ajv2020) => void }).default?.(ajv);

/** What class-validator says of a value without us. */
async function refusedByHand(dto: new () => object, value: unknown): Promise<boolean> {
  const instance = Object.assign(new dto(), inputOf(value));
  return (await classValidator.validate(instance, { forbidUnknownValues: false })).length > 0;
}

/** Refused although class-validator alone would accept it: a declared type counts, the name of a numeric choice does not. */
const stricter: Readonly<Record<string, readonly unknown[]>> = {
  IsDefined: [1],
  'IsEnum (numeric)': ['Low'],
};

const inputOf = (value: unknown) => (value === undefined ? {} : { value });
const show = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value) ?? 'missing').join('  ');

describe.each(Object.entries(rows))('%s', (name, row) => {
  const dto = dtoOf(row);
  const schema = compileDto(dto);
  const check = ajv.compile(schema.jsonSchema);

  test('gives its keywords', () => {
    const { properties } = schema.jsonSchema as { properties: { value: object } };
    expect(properties.value).toEqual(row.schema);
    expect(schema.runtimeOnly.length > 0).toBe(row.runtimeOnly === true);
  });

  test(`accepts ${show(row.good)}`, async () => {
    for (const value of row.good) {
      expect([value, await schema.parse(inputOf(value))]).toEqual([
        value,
        expect.objectContaining({ ok: true }),
      ]);
      expect([value, check(inputOf(value)), check.errors]).toEqual([value, true, null]);
      const parsed = await schema.parse(inputOf(value));
      const { value: arrived } = (parsed.ok ? parsed.value : {}) as { value?: unknown };
      expect([value, await refusedByHand(dto, arrived)]).toEqual([value, false]);
    }
  });

  test(`refuses ${show(row.bad)}`, async () => {
    for (const value of row.bad) {
      expect([value, await schema.parse(inputOf(value))]).toEqual([
        value,
        expect.objectContaining({ ok: false }),
      ]);
      if (row.runtimeOnly !== true) expect([value, check(inputOf(value))]).toEqual([value, false]);
      const lenient = stricter[name]?.includes(value) === true;
      expect([value, await refusedByHand(dto, value)]).toEqual([value, !lenient]);
    }
  });
});

test('every decorator that class-validator exports has a row', () => {
  const notRules = [
    ...[
      'ValidatorConstraint',
      'ValidateBy',
      'ValidationError',
      'ValidationTypes',
      'Validator',
      'MetadataStorage',
    ],
    // Tested where nesting, conditions and rules of one's own are.
    ...['Validate', 'ValidateIf', 'ValidateNested', 'ValidatePromise'],
  ];
  const decorators = Object.entries(classValidator)
    .filter(([name, value]) => /^[A-Z]/.test(name) && typeof value === 'function' && !notRules.includes(name))
    .map(([name]) => name);
  const tested = new Set(Object.keys(rows).map((name) => name.split(' ')[0]));
  expect(decorators.filter((name) => !tested.has(name))).toEqual([]);
  expect([...tested].filter((name) => name !== undefined && !decorators.includes(name))).toEqual([]);
});

test('every row has three values of each kind, or all there are', () => {
  const few = (kind: 'good' | 'bad') =>
    Object.keys(rows).filter((name) => new Set((rows[name] as Row)[kind]).size < 3);
  expect(few('good')).toEqual(['IsEmpty', 'Equals', 'IsBoolean']);
  expect(few('bad')).toEqual(['Allow', 'IsDefined (any value)']);
});

test('every rule of the table is one that class-validator registers', () => {
  const registered = Object.values(rows).flatMap((row) => {
    const dto = dtoOf(row);
    return classValidator
      .getMetadataStorage()
      .getTargetValidationMetadatas(dto, '', false, false)
      .map(({ name }) => name);
  });
  expect(Object.keys(ruleTable).filter((name) => !registered.includes(name))).toEqual([]);
});
