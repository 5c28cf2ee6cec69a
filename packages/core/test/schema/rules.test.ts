import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import * as classValidator from 'class-validator';
import { compileDto } from '../../src/schema/index.js';
import { type Row, rows } from './rule-rows.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
// The CommonJS build puts the plugin on the namespace as well.
(addFormats as unknown as { default?: (on: Ajv2020) => void }).default?.(ajv);

function dtoOf({ decorators, design }: Row) {
  class Dto {
    declare value: unknown;
  }
  if (design !== undefined) Reflect.defineMetadata('design:type', design, Dto.prototype, 'value');
  for (const decorate of [...decorators].reverse()) decorate(Dto.prototype, 'value');
  return Dto;
}

const inputOf = (value: unknown) => (value === undefined ? {} : { value });
const show = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value) ?? 'missing').join('  ');

describe.each(Object.entries(rows))('%s', (_name, row) => {
  const schema = compileDto(dtoOf(row));
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
    }
  });

  test(`refuses ${show(row.bad)}`, async () => {
    for (const value of row.bad) {
      expect([value, await schema.parse(inputOf(value))]).toEqual([
        value,
        expect.objectContaining({ ok: false }),
      ]);
      if (row.runtimeOnly !== true) expect([value, check(inputOf(value))]).toEqual([value, false]);
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
