import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { isSpecType } from '@modelcontextprotocol/client';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import * as v from 'class-validator';
import { ownRecords } from '../../src/metadata/index.js';
import type { PropertyRecord } from '../../src/metadata/index.js';
import {
  compileArguments,
  compileDto,
  compileForm,
  emptySchema,
  type Form,
  Integer,
  type ArgumentField,
  toPlain,
} from '../../src/schema/index.js';

function Docs(record: PropertyRecord): PropertyDecorator {
  return (target, name) => {
    ownRecords(target.constructor as new () => object).properties.set(String(name), record);
  };
}

enum Size {
  Small = 1,
  Large = 2,
}

class Traveller {
  @Docs({ title: 'Full name', description: 'As in the passport' })
  @v.IsString()
  @v.Length(2, 40)
  name!: string;
  @v.IsEmail() email!: string;
  @v.IsUrl() page!: string;
  @v.IsInt() @v.IsPositive() @v.Max(120) age!: number;
  @v.IsNumber() @v.IsPositive() weight!: number;
  @Docs({ default: false }) @v.IsBoolean() vegan!: boolean;
  @v.IsOptional() @v.IsIn(['economy', 'business']) cabin?: string;
  @v.IsIn(['low', 'high'], { context: { titles: { low: 'Low', high: 'High' } } }) priority!: string;
  @Docs({ default: 1 }) @v.IsEnum(Size) size!: Size;
  @v.IsIn(['a', 'b', 'c'], { each: true }) @v.ArrayMinSize(1) @v.ArrayUnique() extras!: string[];
  @v.IsEnum(Size, { each: true }) sizes!: Size[];
  @v.IsDate() @Type(() => Date) departure!: Date;
  @v.Matches(/^[A-Z]{2}\d+$/) @v.IsString() passport!: string;
}

const answer = {
  name: 'Ada',
  email: 'ada@example.org',
  page: 'https://example.org',
  age: 36,
  weight: 60.5,
  priority: 'low',
  extras: ['a', 'c'],
  sizes: ['1', '2'],
  size: '2',
  departure: '2026-05-17T09:30:00Z',
  passport: 'AB12',
};

/** The checks that the clients of both SDKs make. */
function expectAccepted(form: Form): void {
  const request = {
    method: 'elicitation/create',
    params: { message: 'Who?', requestedSchema: form.requestedSchema },
  };
  const parsed = ElicitRequestSchema.parse(request);
  // Nothing may be stripped: what the SDK does not know would be lost on the way.
  expect(parsed.params).toEqual(request.params);
  expect(isSpecType.ElicitRequest(request)).toBe(true);
}

describe('a DTO as a form', () => {
  const form = compileForm(Traveller, undefined, 'Desk.book');

  test('has flat fields in the restricted schema', () => {
    expect(form.requestedSchema).toEqual({
      type: 'object',
      properties: {
        name: {
          type: 'string',
          minLength: 2,
          maxLength: 40,
          title: 'Full name',
          description: 'As in the passport',
        },
        email: { type: 'string', format: 'email', description: 'An email address.' },
        page: { type: 'string', format: 'uri', description: 'A URL.' },
        age: { type: 'integer', minimum: 1, maximum: 120 },
        weight: { type: 'number', minimum: 0 },
        vegan: { type: 'boolean', default: false },
        cabin: { type: 'string', enum: ['economy', 'business'] },
        priority: {
          type: 'string',
          oneOf: [
            { const: 'low', title: 'Low' },
            { const: 'high', title: 'High' },
          ],
        },
        size: { type: 'string', enum: ['1', '2'], default: '1' },
        extras: { type: 'array', minItems: 1, items: { type: 'string', enum: ['a', 'b', 'c'] } },
        sizes: { type: 'array', items: { type: 'string', enum: ['1', '2'] } },
        departure: { type: 'string', format: 'date-time' },
        passport: { type: 'string' },
      },
      required: Object.keys(answer).filter((name) => name !== 'size'),
    });
    expectAccepted(form);
  });

  test('of two rules that each name the choices a form carries one, and the other is said to be enforced', async () => {
    class Cabin {
      @v.Equals('yes') @v.IsIn(['economy', 'business']) either!: string;
    }
    const form = compileForm(Cabin, undefined, 'here');
    expect(form.requestedSchema['properties']).toEqual({
      either: { type: 'string', enum: ['economy', 'business'] },
    });
    expect(form.runtimeOnly).toEqual([{ path: 'either', rule: 'const' }]);
    expect(await form.parse({ either: 'economy' })).toMatchObject({ ok: false });
  });

  test('lists what it cannot carry', () => {
    expect(form.runtimeOnly).toEqual([
      { path: 'email', rule: 'isEmail' },
      { path: 'page', rule: 'isUrl' },
      { path: 'weight', rule: 'exclusiveMinimum' },
      { path: 'extras', rule: 'uniqueItems' },
      { path: 'passport', rule: 'pattern' },
    ]);
  });

  test('gives an instance; choices of numbers are numbers again', async () => {
    const parsed = await form.parse(answer);
    expect(parsed).toMatchObject({
      ok: true,
      value: { size: Size.Large, sizes: [1, 2], vegan: false, age: 36 },
    });
    expect(parsed.ok && parsed.value).toBeInstanceOf(Traveller);
    expect(parsed.ok && parsed.value.departure).toEqual(new Date(answer.departure));
  });

  test('enforces on the answer what it could not carry', async () => {
    expect(await form.parse({ ...answer, weight: 0, passport: 'x', extras: ['a', 'a'], size: '3' })).toEqual({
      ok: false,
      problems: [
        { path: 'size', message: 'must be one of 1, 2' },
        { path: 'weight', message: 'must be a positive number' },
        { path: 'extras', message: "All extras's elements must be unique" },
        { path: 'passport', message: expect.stringMatching(/^must match/) },
      ],
    });
    expect(await form.parse(undefined)).toEqual({
      ok: false,
      problems: [{ path: '', message: 'must be an object' }],
    });
  });

  test('is compiled once', () => {
    expect(compileForm(Traveller, undefined, 'Elsewhere.ask')).toBe(form);
  });
});

describe('scalars and choices', () => {
  const label = { title: 'Nights', description: 'How long?' };

  test.each([
    ['String', String, { type: 'string' }, 'x', 5],
    ['Number', Number, { type: 'number' }, 1.5, '1.5'],
    ['Integer', Integer, { type: 'integer' }, 3, 1.5],
    ['Boolean', Boolean, { type: 'boolean' }, false, 'false'],
    ['a list of strings', ['red', 'blue'], { type: 'string', enum: ['red', 'blue'] }, 'red', 'green'],
  ] as const)('%s', async (_name, type, field, good, bad) => {
    const form = compileForm(type, label, 'Desk.book');
    expect(form.requestedSchema).toEqual({
      type: 'object',
      properties: { value: { ...field, ...label } },
      required: ['value'],
    });
    expectAccepted(form);
    expect(await form.parse({ value: good })).toEqual({ ok: true, value: good });
    for (const content of [{ value: bad }, {}, undefined, { value: good, more: 1 }]) {
      expect(await form.parse(content)).toMatchObject({ ok: false });
    }
  });

  test('an answer is typed by the question', async () => {
    const form = compileForm(['red', 'blue'] as const, undefined, 'here');
    const parsed = await form.parse({ value: 'red' });
    const colour: 'red' | 'blue' | undefined = parsed.ok ? parsed.value : undefined;
    expect(colour).toBe('red');
    // @ts-expect-error -- a form of strings gives no number
    const wrong: number | undefined = parsed.ok ? parsed.value : undefined;
    expect(wrong).toBe('red');
  });
});

describe('what a form cannot ask is refused, by field', () => {
  class Inner {
    @v.IsString() a!: string;
  }
  class Nested {
    @v.ValidateNested() @Type(() => Inner) inner!: Inner;
  }
  class Listed {
    @v.ValidateNested({ each: true }) @Type(() => Inner) inners!: Inner[];
  }
  class Texts {
    @v.IsString({ each: true }) texts!: string[];
  }
  class Free {
    @v.IsObject() meta!: object;
  }
  class Union {
    @v.ValidateNested()
    @Type(() => Inner, { discriminator: { property: 'by', subTypes: [{ name: 'inner', value: Inner }] } })
    one!: Inner;
  }
  class Any {
    @v.Allow() any!: unknown;
  }

  test.each<[string, new () => object]>([
    ['Nested.inner', Nested],
    ['Listed.inners', Listed],
    ['Texts.texts', Texts],
    ['Free.meta', Free],
    ['Union.one', Union],
    ['Any.any', Any],
  ])('%s', (where, dto) => {
    expect(() => compileForm(dto, undefined, 'here')).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_FORM', where }),
    );
  });

  test('an empty list of choices', () => {
    expect(() => compileForm([], undefined, 'Desk.book')).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_FORM', where: 'Desk.book' }),
    );
  });
});

describe('arguments by name', () => {
  const field = (name: string, type: unknown, more: Partial<ArgumentField> = {}): ArgumentField => ({
    name,
    type,
    required: true,
    where: `Desk.book, parameter ${name}`,
    ...more,
  });
  const schema = compileArguments([
    field('city', String, { title: 'City', description: 'Where to' }),
    field('nights', Number),
    field('insured', Boolean, { required: false }),
    field('from', Date, { required: false }),
    field('class', Object, { enum: ['a', 'b'] }),
  ]);

  test('are one closed object', () => {
    expect(schema.jsonSchema).toEqual({
      type: 'object',
      properties: {
        city: { type: 'string', title: 'City', description: 'Where to' },
        nights: { type: 'number' },
        insured: { type: 'boolean' },
        from: { type: 'string', format: 'date-time' },
        class: { type: 'string', enum: ['a', 'b'] },
      },
      required: ['city', 'nights', 'class'],
      additionalProperties: false,
    });
  });

  test('are read, also from strings, and refused by path', async () => {
    const value = { city: 'Oslo', nights: 2, class: 'a', from: new Date('2026-05-17T00:00:00Z') };
    expect(await schema.parse({ ...value, from: '2026-05-17T00:00:00Z', insured: null })).toEqual({
      ok: true,
      value,
    });
    expect(await schema.parseStrings({ city: '7', nights: '2', class: 'b', insured: 'true' })).toEqual({
      ok: true,
      value: { city: '7', nights: 2, class: 'b', insured: true },
    });
    expect(await schema.parse({ nights: '2', class: 'c', from: 'soon', other: 1 })).toEqual({
      ok: false,
      problems: [
        { path: 'other', message: 'is not a known property' },
        { path: 'city', message: 'is required' },
        { path: 'nights', message: 'must be a number' },
        { path: 'from', message: 'must be a date and time such as 2026-05-17T09:30:00Z' },
        { path: 'class', message: 'must be one of a, b' },
      ],
    });
    expect(await schema.parse(JSON.parse('{"__proto__":{"city":"x"},"nights":1,"class":"a"}'))).toMatchObject(
      {
        ok: false,
        problems: [{ path: '__proto__' }, { path: 'city' }],
      },
    );
    expect(await schema.parse(null)).toMatchObject({ ok: false });
  });

  test.each([
    [undefined, 'MISSING_METADATA'],
    [Function, 'TYPE_ONLY_IMPORT'],
    [Object, 'UNSUPPORTED_TYPE'],
    [Array, 'UNSUPPORTED_TYPE'],
    [Traveller, 'UNSUPPORTED_TYPE'],
  ])('of type %p say too little', (type, code) => {
    expect(() => compileArguments([field('x', type)])).toThrow(
      expect.objectContaining({ code, where: 'Desk.book, parameter x', fix: expect.stringMatching(/DTO/) }),
    );
  });

  test('none at all', async () => {
    expect(emptySchema.jsonSchema).toEqual({ type: 'object', properties: {}, additionalProperties: false });
    expect(await emptySchema.parse(undefined)).toEqual({ ok: true, value: {} });
    expect(await emptySchema.parse({})).toEqual({ ok: true, value: {} });
    expect(await emptySchema.parse({ a: 1 })).toMatchObject({ ok: false });
    expect(await emptySchema.parse([])).toMatchObject({ ok: false });
  });
});

describe('toPlain', () => {
  class Child {
    @Expose({ name: 'full_name' }) fullName = 'Ada';
    @Exclude() secret = 's';
    @Transform(({ value }: { value: number }) => value.toFixed(2), { toPlainOnly: true }) price = 3;
    @Expose() get initial(): string {
      return this.fullName.charAt(0);
    }
  }
  class Plainly {
    at = new Date(0);
    big = 5n;
    called = false;
    run = () => {
      this.called = true;
    };
  }

  test('honours the decorators, wherever the instance is', () => {
    const child = { full_name: 'Ada', price: '3.00', initial: 'A' };
    expect(toPlain(new Child())).toEqual(child);
    expect(toPlain([{ deep: new Map([['a', new Set([new Child()])]]) }])).toEqual([{ deep: { a: [child] } }]);
  });

  test('writes what JSON would, and calls nothing', () => {
    const plainly = new Plainly();
    expect(toPlain(plainly)).toEqual({ at: '1970-01-01T00:00:00.000Z', big: '5', called: false });
    expect(plainly.called).toBe(false);
    expect(toPlain([undefined, Number.NaN, null, 'x', { u: undefined, s: Symbol('s') }])).toEqual([
      null,
      null,
      null,
      'x',
      {},
    ]);
    expect(toPlain({ url: new URL('http://localhost/') })).toEqual({ url: 'http://localhost/' });
    expect(toPlain('x')).toBe('x');
    expect(toPlain(undefined)).toBeUndefined();
  });

  test('the same object twice is no circle; a circle is refused', () => {
    const same = { a: 1 };
    expect(toPlain([same, same])).toEqual([same, same]);
    const circle: { self?: unknown } = {};
    circle.self = [circle];
    expect(() => toPlain(circle)).toThrow(expect.objectContaining({ code: 'INVALID_RETURN' }));
  });

  test('an output is checked by parsing what it became', async () => {
    class Report {
      @v.IsString() city!: string;
      @v.IsDate() at!: Date;
    }
    const output = compileDto(Report, { direction: 'output' });
    expect(await output.parse(toPlain({ city: 'Oslo', at: new Date() }))).toMatchObject({ ok: true });
    expect(await output.parse(toPlain({ city: 5 }))).toMatchObject({
      problems: [{ path: 'city' }, { path: 'at', message: 'is required' }],
    });
  });
});
