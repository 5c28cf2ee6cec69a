import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { isSpecType } from '@modelcontextprotocol/client';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type } from 'arktype';
import * as cv from 'class-validator';
import { Type } from 'typebox';
import * as v from 'valibot';
import * as z from 'zod';
import { Default } from '../../src/decorators/index.js';
import {
  choices,
  type CompiledSchema,
  compileForm,
  compileOutput,
  compileSchema,
  enumChoices,
  type Form,
  type FormType,
  Integer,
  type SchemaSource,
} from '../../src/schema/index.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
const where = 'Desk.book';

async function problemsOf(schema: Pick<CompiledSchema, 'parse'>, value: unknown): Promise<string[]> {
  const parsed = await schema.parse(value);
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

/** The same arguments, said in every way there is. */
class TripDto {
  @cv.IsString() @cv.MinLength(2) city!: string;
  @Default(3) @cv.IsInt() nights!: number;
  @cv.IsOptional() @cv.IsIn(['sea', 'land']) way?: string;
  @cv.IsOptional() @cv.IsString({ each: true }) tags?: string[];
}
const boxed = Type.Object({
  city: Type.String({ minLength: 2 }),
  nights: Type.Integer({ default: 3 }),
  way: Type.Optional(Type.Union([Type.Literal('sea'), Type.Literal('land')])),
  tags: Type.Optional(Type.Array(Type.String())),
});
const sources: Record<string, SchemaSource> = {
  'class-validator': TripDto,
  typebox: boxed,
  zod: z.object({
    city: z.string().min(2),
    nights: z.number().int().default(3),
    way: z.enum(['sea', 'land']).optional(),
    tags: z.array(z.string()).optional(),
  }),
  valibot: toStandardJsonSchema(
    v.object({
      city: v.pipe(v.string(), v.minLength(2)),
      nights: v.optional(v.pipe(v.number(), v.integer()), 3),
      way: v.optional(v.picklist(['sea', 'land'])),
      tags: v.optional(v.array(v.string())),
    }),
  ),
  arktype: type({
    city: 'string >= 2',
    nights: 'number.integer = 3',
    'way?': "'sea' | 'land'",
    'tags?': 'string[]',
  }),
};

describe.each(Object.entries(sources))('the same object in %s', (name, source) => {
  const schema = compileSchema(source, where);

  test('states an object whose defaults are not required', () => {
    expect(ajv.validateSchema(schema.jsonSchema)).toBe(true);
    expect(schema.jsonSchema).toMatchObject({
      type: 'object',
      properties: { city: { type: 'string', minLength: 2 }, nights: { type: 'integer' } },
      required: ['city'],
    });
    expect(schema.jsonSchema).not.toHaveProperty('$schema');
    expect(schema.properties.map((one) => [one.name, one.required]).sort()).toEqual([
      ['city', true],
      ['nights', false],
      ['tags', false],
      ['way', false],
    ]);
  });

  test.each([
    [{ city: 'Oslo' }, { city: 'Oslo', nights: 3 }],
    [
      { city: 'Oslo', nights: 0, way: 'sea', tags: ['a'] },
      { city: 'Oslo', nights: 0, way: 'sea', tags: ['a'] },
    ],
  ])('accepts %j, and so does its JSON Schema', async (given, expected) => {
    const before = structuredClone(given);
    expect(ajv.validate(schema.jsonSchema, given)).toBe(true);
    expect(await schema.parse(given)).toEqual({ ok: true, value: expected });
    expect(given).toEqual(before);
  });

  test.each([
    [{}, ['city']],
    [{ city: 'O' }, ['city']],
    [{ city: 'Oslo', nights: '3' }, ['nights']],
    [{ city: 'Oslo', nights: 1.5, way: 'air' }, ['nights', 'way']],
    [{ city: 'Oslo', tags: ['a', 5] }, [name === 'class-validator' ? 'tags' : 'tags[1]']],
    ['Oslo', ['']],
    [null, ['']],
  ])('refuses %j by path, and so does its JSON Schema', async (given, paths) => {
    expect(ajv.validate(schema.jsonSchema, given)).toBe(false);
    const parsed = await schema.parse(given);
    expect([...new Set(parsed.ok ? [] : parsed.problems.map(({ path }) => path))].sort()).toEqual(paths);
  });

  test('reads strings by the types it states', async () => {
    expect(await schema.parseStrings({ city: '12', nights: '4' })).toMatchObject({
      ok: true,
      value: { city: '12', nights: 4 },
    });
    expect(await schema.parseStrings({ city: 'Oslo', nights: 'few' })).toMatchObject({ ok: false });
  });

  test('is a form', async () => {
    const flat = name === 'class-validator' ? Flat : withoutTags(name);
    const form = compileForm(flat, undefined, where);
    expectAccepted(form);
    expect(form.requestedSchema).toMatchObject({
      properties: {
        city: { type: 'string', minLength: 2 },
        way: { type: 'string', enum: expect.anything() },
      },
      required: ['city'],
    });
    expect(new Set(enumIn(form))).toEqual(new Set(['sea', 'land']));
    expect(await form.parse({ city: 'Oslo', way: 'land' })).toMatchObject({
      ok: true,
      value: { city: 'Oslo', nights: 3, way: 'land' },
    });
    expect(await problemsOf(form, { city: 'Oslo', way: 'air' })).toEqual([expect.stringMatching(/^way: /)]);
    expect(() => compileForm(source, undefined, where)).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_FORM',
        where: name === 'class-validator' ? 'TripDto.tags' : 'Desk.book, field "tags"',
      }),
    );
  });
});

class Flat {
  @cv.IsString() @cv.MinLength(2) city!: string;
  @Default(3) @cv.IsInt() nights!: number;
  @cv.IsOptional() @cv.IsIn(['sea', 'land']) way?: string;
}

function enumIn({ requestedSchema }: Form): unknown[] {
  return (requestedSchema['properties'] as { way: { enum: unknown[] } }).way.enum;
}

function withoutTags(name: string): FormType {
  const flat: Record<string, FormType> = {
    typebox: Type.Omit(boxed, ['tags']),
    zod: z.object({
      city: z.string().min(2),
      nights: z.number().int().default(3),
      way: z.enum(['sea', 'land']).optional(),
    }),
    valibot: toStandardJsonSchema(
      v.object({
        city: v.pipe(v.string(), v.minLength(2)),
        nights: v.optional(v.number(), 3),
        way: v.optional(v.picklist(['sea', 'land'])),
      }),
    ),
    arktype: type({ city: 'string >= 2', nights: 'number.integer = 3', 'way?': "'sea' | 'land'" }),
  };
  return flat[name] ?? String;
}

/** The checks that the clients of both SDKs make; nothing may be stripped on the way. */
function expectAccepted({ requestedSchema }: Form): void {
  const request = { method: 'elicitation/create', params: { message: 'Who?', requestedSchema } };
  expect(ElicitRequestSchema.parse(request).params).toEqual(request.params);
  expect(isSpecType.ElicitRequest(request)).toBe(true);
}

describe('TypeBox', () => {
  const date = Type.Codec(Type.String())
    .Decode((text) => new Date(text))
    .Encode((at) => at.toISOString());

  test('in the words of 2020-12: tuples, references, regular expressions', () => {
    const node = Type.Cyclic(
      { Node: Type.Object({ name: Type.String(), next: Type.Optional(Type.Ref('Node')) }) },
      'Node',
    );
    const { jsonSchema, runtimeOnly } = compileSchema(
      Type.Object({
        pair: Type.Tuple([Type.String(), Type.Integer()]),
        none: Type.Tuple([]),
        list: node,
        code: Type.String({ pattern: /^[a-z]+$/ }),
        loose: Type.String({ pattern: /^[a-z]+$/i }),
        even: Type.Refine(Type.Integer(), (n) => n % 2 === 0),
        at: date,
      }),
      where,
    );
    expect(jsonSchema).toEqual({
      type: 'object',
      properties: {
        pair: {
          type: 'array',
          prefixItems: [{ type: 'string' }, { type: 'integer' }],
          items: false,
          minItems: 2,
        },
        none: { type: 'array', items: false, minItems: 0 },
        list: { $ref: '#/$defs/Node' },
        code: { type: 'string', pattern: '^[a-z]+$' },
        loose: { type: 'string' },
        even: { type: 'integer' },
        at: { type: 'string' },
      },
      required: ['pair', 'none', 'list', 'code', 'loose', 'even', 'at'],
      $defs: {
        Node: {
          type: 'object',
          properties: { name: { type: 'string' }, next: { $ref: '#/$defs/Node' } },
          required: ['name'],
        },
      },
    });
    expect(ajv.validateSchema(jsonSchema)).toBe(true);
    const value = { pair: ['a', 1], none: [], list: { name: 'a', next: { name: 'b' } } };
    expect(ajv.validate(jsonSchema, { ...value, code: 'a', loose: 'A', even: 2, at: '' })).toBe(true);
    expect(runtimeOnly).toEqual([
      { path: 'loose', rule: 'pattern' },
      { path: 'even', rule: 'refine' },
      { path: 'at', rule: 'codec' },
    ]);
  });

  test('checks all of it, decodes what comes in, and says what is wrong once', async () => {
    const schema = compileSchema(
      Type.Object(
        {
          even: Type.Refine(Type.Integer(), (n) => n % 2 === 0),
          at: date,
          way: Type.Union([Type.Literal('sea'), Type.Literal('land')]),
          size: Type.Enum(['s', 'm']),
          who: Type.Array(Type.Object({ name: Type.String() })),
        },
        { additionalProperties: false },
      ),
      where,
    );
    const good = { even: 2, at: '2026-05-17T00:00:00Z', way: 'sea', size: 's', who: [{ name: 'Ada' }] };
    expect(await schema.parse(good)).toEqual({ ok: true, value: { ...good, at: new Date(good.at) } });
    expect(await problemsOf(schema, { ...good, way: 'air', size: 'l', more: 1, who: [{}, 5] })).toEqual([
      'more: is not a known property',
      'way: must be one of sea, land',
      'size: must be one of s, m',
      'who[0].name: is required',
      'who[1]: must be object',
    ]);
    expect(await problemsOf(schema, { ...good, even: 3 })).toEqual([expect.stringMatching(/^even: /)]);
  });

  test('a codec that cannot read a value refuses it', async () => {
    const big = Type.Codec(Type.String())
      .Decode((text) => BigInt(text))
      .Encode(String);
    expect(await problemsOf(compileSchema(Type.Object({ big }), where), { big: 'x' })).toEqual([
      ': cannot be read: Cannot convert x to a BigInt',
    ]);
  });

  test('defaults are filled in wherever they are, each caller getting its own', async () => {
    const schema = compileSchema(
      Type.Object({
        tags: Type.Array(Type.String(), { default: ['a'] }),
        off: Type.Boolean({ default: false }),
        none: Type.Integer({ default: 0 }),
        inner: Type.Object({ unit: Type.String({ default: 'km' }) }),
        items: Type.Array(Type.Object({ n: Type.Integer({ default: 1 }) })),
      }),
      where,
    );
    expect(schema.jsonSchema['required']).toEqual(['inner', 'items']);
    const given = { inner: {}, items: [{}, { n: 2 }] };
    const first = await schema.parse(given);
    expect(first).toEqual({
      ok: true,
      value: { tags: ['a'], off: false, none: 0, inner: { unit: 'km' }, items: [{ n: 1 }, { n: 2 }] },
    });
    expect(given).toEqual({ inner: {}, items: [{}, { n: 2 }] });
    if (first.ok) (first.value as { tags: string[] }).tags.push('b');
    expect(await schema.parse(given)).toMatchObject({ value: { tags: ['a'] } });
  });

  test.each([
    ['bigint', Type.Object({ n: Type.BigInt() })],
    ['symbol', Type.Object({ n: Type.Symbol() })],
    ['undefined', Type.Object({ n: Type.Undefined() })],
  ])('a %s has no place in JSON', (name, source) => {
    expect(() => compileSchema(source, where)).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_TYPE',
        where: 'Desk.book, property "n"',
        message: expect.stringContaining(name),
      }),
    );
  });
});

describe('roots', () => {
  const one = z.object({ by: z.literal('card'), number: z.string() });
  const other = z.object({ by: z.literal('cash') });

  test('alternatives that are all objects are an object', async () => {
    const schema = compileSchema(z.discriminatedUnion('by', [one, other]), where);
    expect(schema.jsonSchema).toMatchObject({ type: 'object' });
    expect(await schema.parse({ by: 'cash' })).toEqual({ ok: true, value: { by: 'cash' } });
    const both = compileSchema(z.intersection(one, z.object({ more: z.string() })), where);
    expect(both.jsonSchema).toMatchObject({ type: 'object' });
    const nested = compileSchema(Type.Cyclic({ A: Type.Object({}) }, 'A'), where);
    expect(nested.jsonSchema).toMatchObject({ type: 'object', $ref: '#/$defs/A' });
  });

  test.each<[string, SchemaSource]>([
    ['a string', z.string()],
    ['a list', Type.Array(Type.String())],
    ['an object or a string', z.union([one, z.string()])],
    ['anything', Type.Any()],
  ])('%s is no input, and a fine output', (_name, source) => {
    expect(() => compileSchema(source, where)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_TYPE', where, fix: expect.stringContaining('object') }),
    );
    expect(compileOutput(source, where).jsonSchema).toBeDefined();
  });

  test.each([
    ['a value', 5, /number/],
    ['JSON Schema by hand', { type: 'object', properties: {} }, /no schema/],
    ['a built-in class', Date, /Date/],
  ])('%s describes no object', (_name, source, message) => {
    expect(() => compileSchema(source as never, where)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_TYPE', where, message: expect.stringMatching(message) }),
    );
  });

  test('a Standard Schema that cannot state its JSON Schema says how it could', () => {
    expect(() => compileSchema(v.object({}) as never, where)).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_TYPE',
        where,
        fix: expect.stringContaining('toStandardJsonSchema'),
      }),
    );
    expect(() => compileSchema(z.object({ at: z.date() }), where)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_TYPE', message: expect.stringContaining('Date') }),
    );
  });

  test('asynchronous rules and transformations of a Standard Schema are its own', async () => {
    const schema = compileSchema(
      z.object({
        city: z
          .string()
          .transform((city) => city.toUpperCase())
          .refine(async (city) => city !== 'ATLANTIS', 'is not on the map'),
      }),
      where,
    );
    expect(await schema.parse({ city: 'oslo' })).toEqual({ ok: true, value: { city: 'OSLO' } });
    expect(await problemsOf(schema, { city: 'atlantis' })).toEqual(['city: is not on the map']);
  });
});

describe('what leaves', () => {
  class Fare {
    @cv.IsInt() price!: number;
    @Default('EUR') @cv.IsString() currency!: string;
    @cv.IsOptional() @cv.IsDate() at?: Date;
  }

  test.each<[string, SchemaSource]>([
    ['a DTO', Fare],
    ['TypeBox', Type.Object({ price: Type.Integer(), currency: Type.String({ default: 'EUR' }) })],
    ['zod', z.object({ price: z.number().int(), currency: z.string().default('EUR') })],
  ])('by %s has its defaults, and is plain', async (_name, source) => {
    const output = compileOutput(source, where);
    const parsed = await output.parse({ price: 4 });
    expect(parsed).toEqual({ ok: true, value: { price: 4, currency: 'EUR' } });
    if (parsed.ok) expect(Object.getPrototypeOf(parsed.value)).toBe(Object.prototype);
    expect(ajv.validate(output.jsonSchema, parsed.ok ? parsed.value : undefined)).toBe(true);
    expect(await output.parse({ price: 'much' })).toMatchObject({ ok: false });
  });

  test('a DTO with dates leaves them as they were written', async () => {
    const value = { price: 4, currency: 'EUR', at: '2026-05-17T00:00:00Z' };
    expect(await compileOutput(Fare, where).parse(value)).toEqual({ ok: true, value });
  });

  test('a Standard Schema decides what leaves', async () => {
    const output = compileOutput(z.object({ a: z.string() }), where);
    expect(await output.parse({ a: 'x', secret: 1 })).toEqual({ ok: true, value: { a: 'x' } });
  });
});

enum Size {
  Small = 1,
  Large = 2,
}
enum Colour {
  Red = 'red',
  Blue = 'BLUE',
}
enum Mixed {
  None = 0,
  Some = 'some',
}

describe('choices', () => {
  const titled = {
    oneOf: [
      { const: 'low', title: 'Low priority' },
      { const: 'high', title: 'High' },
    ],
  };
  const sizes = [
    { const: '1', title: 'Small' },
    { const: '2', title: 'Large' },
  ];
  const map = { low: 'Low priority', high: 'High' };

  test.each<[string, FormType, object, unknown, unknown, unknown[]]>([
    ['a list', ['b', 'a'], { type: 'string', enum: ['b', 'a'] }, 'a', 'a', ['c', '', 1]],
    [
      'several of a list',
      [['b', 'a']],
      { type: 'array', items: { type: 'string', enum: ['b', 'a'] } },
      ['a'],
      ['a'],
      [['c'], 'a', ['a', 'a']],
    ],
    ['choices', choices('a', 'b'), { type: 'string', enum: ['a', 'b'] }, 'b', 'b', ['c', ['b']]],
    [
      'choices, 1 to 2 of them',
      choices('a', 'b', 'c').many({ min: 1, max: 2 }),
      { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string', enum: ['a', 'b', 'c'] } },
      ['c', 'a'],
      ['c', 'a'],
      [[], ['a', 'b', 'c'], ['x']],
    ],
    ['a map of titles', map, { type: 'string', ...titled }, 'low', 'low', ['Low priority', 'x']],
    ['titled choices', choices(map), { type: 'string', ...titled }, 'high', 'high', ['High']],
    [
      'several titled',
      choices(map).many(),
      { type: 'array', items: { anyOf: titled.oneOf } },
      [],
      [],
      [['High'], undefined],
    ],
    ['a numeric enum', Size, { type: 'string', oneOf: sizes }, '2', Size.Large, ['Large', '3', 2]],
    [
      'several of an enum',
      enumChoices(Size).many(),
      { type: 'array', items: { anyOf: sizes } },
      ['2', '1'],
      [2, 1],
      [['3']],
    ],
    [
      'a string enum',
      enumChoices(Colour),
      {
        type: 'string',
        oneOf: [
          { const: 'red', title: 'Red' },
          { const: 'BLUE', title: 'Blue' },
        ],
      },
      'BLUE',
      Colour.Blue,
      ['Blue', 'blue'],
    ],
    [
      'a mixed enum',
      Mixed,
      {
        type: 'string',
        oneOf: [
          { const: '0', title: 'None' },
          { const: 'some', title: 'Some' },
        ],
      },
      '0',
      Mixed.None,
      ['None'],
    ],
  ])('%s', async (_name, form, field, given, data, bad) => {
    const compiled = compileForm(form, { title: 'T', description: 'D' }, where);
    expect(compiled.requestedSchema).toEqual({
      type: 'object',
      properties: { value: { ...field, title: 'T', description: 'D' } },
      required: ['value'],
    });
    expectAccepted(compiled);
    expect(await compiled.parse({ value: given })).toEqual({ ok: true, value: data });
    for (const value of bad) expect(await compiled.parse({ value })).toMatchObject({ ok: false });
    for (const content of [{}, null, { value: given, more: 1 }]) {
      expect(await compiled.parse(content)).toMatchObject({ ok: false });
    }
  });

  test('of unions and nullable fields in schemas', async () => {
    const form = compileForm(
      z.object({
        pick: z.union([z.literal('a'), z.literal('b')]),
        num: z.literal([1, 2]),
        many: z.array(z.enum(['x', 'y'])),
        maybe: z.string().nullish(),
        mail: z.email(),
      }),
      undefined,
      where,
    );
    expectAccepted(form);
    expect(form.requestedSchema).toMatchObject({
      properties: {
        pick: { type: 'string', enum: ['a', 'b'] },
        num: { type: 'string', enum: ['1', '2'] },
        many: { type: 'array', items: { type: 'string', enum: ['x', 'y'] } },
        maybe: { type: 'string' },
        mail: { type: 'string', format: 'email' },
      },
      required: ['pick', 'num', 'many', 'mail'],
    });
    const value = { pick: 'a', num: '2', many: ['y'], mail: 'a@example.org' };
    expect(await form.parse(value)).toEqual({ ok: true, value: { ...value, num: 2 } });
    expect(form.runtimeOnly).toEqual([{ path: 'mail', rule: 'pattern' }]);
  });

  test('keep their titles in the words of older revisions, where each has one', () => {
    const sizes = (enumNames: string[]) =>
      compileForm(Type.Object({ size: Type.Enum(['s', 'm'], { enumNames }) }), undefined, where);
    const form = sizes(['Small', 'Medium']);
    expect(form.requestedSchema['properties']).toEqual({
      size: { type: 'string', enum: ['s', 'm'], enumNames: ['Small', 'Medium'] },
    });
    expectAccepted(form);
    expect(sizes(['Small']).requestedSchema['properties']).toEqual({
      size: { type: 'string', enum: ['s', 'm'] },
    });
  });

  test('of references and alternatives to null, which no form has', () => {
    const form = compileForm(
      z.object({
        city: z.string().meta({ id: 'City', title: 'City' }),
        way: z.enum(['sea', 'land']).nullable().describe('How'),
        note: z.null().or(z.string().max(5)),
      }),
      undefined,
      where,
    );
    expectAccepted(form);
    const either = Type.Object({ x: Type.Unsafe<string>({ type: ['null', 'string'] }) });
    expect(compileForm(either, undefined, where).requestedSchema['properties']).toEqual({
      x: { type: 'string' },
    });
    const boxes = Type.Object({ way: Type.Union([Type.Null(), Type.Enum(['sea', 'land'])]) });
    expectAccepted(compileForm(boxes, undefined, where));
    expect(form.requestedSchema['properties']).toEqual({
      city: { type: 'string', title: 'City' },
      way: { type: 'string', enum: ['sea', 'land'], description: 'How' },
      note: { type: 'string', maxLength: 5 },
    });
    expect(compileForm(boxes, undefined, where).requestedSchema['properties']).toEqual({
      way: { type: 'string', enum: ['sea', 'land'] },
    });
    expect(() => compileForm(z.object({ x: z.union([z.string(), z.object({})]) }), undefined, where)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_FORM', where: 'Desk.book, field "x"' }),
    );
  });

  test('defaults stay in the form and make the field optional, also false and 0', async () => {
    class Preset {
      @Default(false) @cv.IsBoolean() off!: boolean;
      @Default(0) @cv.IsInt() none!: number;
    }
    const forms: FormType[] = [
      Preset,
      Type.Object({ off: Type.Boolean({ default: false }), none: Type.Integer({ default: 0 }) }),
      z.object({ off: z.boolean().default(false), none: z.number().int().default(0) }),
    ];
    for (const type of forms) {
      const form = compileForm(type, undefined, where);
      expectAccepted(form);
      expect(form.requestedSchema).toMatchObject({
        properties: { off: { type: 'boolean', default: false }, none: { type: 'integer', default: 0 } },
      });
      expect(form.requestedSchema['required'] ?? []).toEqual([]);
      expect(await form.parse({})).toMatchObject({ ok: true, value: { off: false, none: 0 } });
    }
  });

  class Nothing {}
  test.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /ctx\.confirm/],
    ['null', null, /ctx\.confirm/],
    ['a class without fields', Nothing, /ctx\.confirm/],
    ['an object without fields', z.object({}), /ctx\.confirm/],
    ['no choices', [], /choice/],
    ['no choices to take several of', [[]], /choice/],
    ['the same choice twice', ['a', 'a'], /each once/],
    ['a list of numbers', [1, 2], /\['a', 'b'\]/],
    ['an empty map', {}, /low/],
    ['a map of other things', { a: {} }, /low/],
    ['a text', 'abc', /String/],
    ['a class that is no DTO', Date, /DTO/],
  ])('%s cannot be asked for', (_name, type, advice) => {
    expect(() => compileForm(type as FormType, undefined, where)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_FORM', fix: expect.stringMatching(advice) }),
    );
  });

  test('Integer is a whole number still', async () => {
    expect(await problemsOf(compileForm(Integer, undefined, where), { value: 1.5 })).toHaveLength(1);
  });
});
