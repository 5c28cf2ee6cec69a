import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import * as v from 'class-validator';
import { AllowUnknown } from '../../src/decorators/index.js';
import { ownRecords } from '../../src/metadata/index.js';
import type { PropertyRecord } from '../../src/metadata/index.js';
import { compileDto, type CompiledSchema, describeRule, type JsonSchema } from '../../src/schema/index.js';

/** What @Title, @Description, @Default and @Example write. */
function Docs(record: PropertyRecord): PropertyDecorator {
  return (target, name) => {
    ownRecords(target.constructor as new () => object).properties.set(String(name), record);
  };
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

function propertiesIn(schema: CompiledSchema): Record<string, JsonSchema> {
  return schema.jsonSchema['properties'] as Record<string, JsonSchema>;
}

async function valueOf<T>(schema: CompiledSchema<T>, value: unknown): Promise<T> {
  const parsed = await schema.parse(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

async function problemsOf(schema: CompiledSchema, value: unknown): Promise<string[]> {
  const parsed = await schema.parse(value);
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

class Passenger {
  @v.IsString() @v.IsNotEmpty() name!: string;
  @v.IsOptional() @v.IsInt() @v.Min(0) age?: number;
}
@AllowUnknown()
class OpenPassenger extends Passenger {
  @v.IsOptional() @Expose({ name: 'seat_no' }) @v.IsInt() seat?: number;
}
class Trip {
  @v.IsString() destination!: string;
  @v.IsInt() @v.Min(1) @v.Max(30) nights!: number;
  @v.ValidateNested({ each: true }) @Type(() => Passenger) passengers!: Passenger[];
  @v.ValidateNested() lead!: Passenger;
}

describe('a DTO with nested classes', () => {
  const schema = compileDto(Trip);

  test('is stated with $defs, in declaration order, closed', () => {
    expect(schema.jsonSchema).toEqual({
      type: 'object',
      properties: {
        destination: { type: 'string' },
        nights: { type: 'integer', minimum: 1, maximum: 30 },
        passengers: { type: 'array', items: { $ref: '#/$defs/Passenger' } },
        lead: { $ref: '#/$defs/Passenger' },
      },
      required: ['destination', 'nights', 'passengers', 'lead'],
      additionalProperties: false,
      $defs: {
        Passenger: {
          type: 'object',
          properties: { name: { type: 'string', minLength: 1 }, age: { type: 'integer', minimum: 0 } },
          required: ['name'],
          additionalProperties: false,
        },
      },
    });
    expect(Object.keys(propertiesIn(schema))).toEqual(['destination', 'nights', 'passengers', 'lead']);
    expect(ajv.validateSchema(schema.jsonSchema)).toBe(true);
    expect(schema.properties).toContainEqual({ name: 'nights', required: true });
  });

  test('gives instances, also where only the compiler names the class', async () => {
    const given = {
      destination: 'Oslo',
      nights: 2,
      passengers: [{ name: 'A' }],
      lead: { name: 'B', age: null },
    };
    const trip = await valueOf(schema, given);
    expect(trip).toBeInstanceOf(Trip);
    expect(trip.passengers[0]).toBeInstanceOf(Passenger);
    expect(trip.lead).toBeInstanceOf(Passenger);
    expect(trip.lead.age).toBeUndefined();
    expect(given.lead).toEqual({ name: 'B', age: null });
  });

  test('reports every problem once, with its path', async () => {
    const value = {
      nights: 99,
      passengers: [{ name: '' }, 'x', { name: 'A', extra: 1 }],
      lead: { name: 5 },
      more: 1,
    };
    expect((await problemsOf(schema, value)).sort()).toEqual([
      'destination: is required',
      'lead.name: must be a string',
      'more: is not a known property',
      'nights: must not be greater than 30',
      'passengers[0].name: should not be empty',
      'passengers[1]: must be an object',
      'passengers[2].extra: is not a known property',
    ]);
  });

  test.each([[null], [[]], ['x'], [5], [undefined]])('refuses %j as a whole', async (value) => {
    expect(await problemsOf(schema, value)).toEqual([': must be an object']);
  });

  test('a nested list is no object, an object no list, and neither may be missing', async () => {
    const value = { destination: 'x', nights: 1, passengers: {}, lead: [] };
    expect(await problemsOf(schema, value)).toEqual([
      'passengers: must be an array',
      'lead: must be an object',
    ]);
    const missing = await problemsOf(schema, { destination: 'x', nights: 1 });
    expect(missing).toEqual(['passengers: is required', 'lead: is required']);
  });

  test('__proto__ and constructor are unknown properties like any other', async () => {
    const evil: unknown = JSON.parse(
      '{"destination":"x","nights":1,"passengers":[],"lead":{"name":"a","constructor":{}},"__proto__":{"nights":3}}',
    );
    expect(await problemsOf(schema, evil)).toEqual([
      '__proto__: is not a known property',
      'lead.constructor: is not a known property',
    ]);
  });
});

class Node {
  @v.IsInt() value!: number;
  @v.IsOptional() @v.ValidateNested() @Type(() => Node) next?: Node;
  @v.IsOptional() @v.ValidateNested({ each: true }) @Type(() => Branch) branches?: Branch[];
}
class Branch {
  @v.ValidateNested() @Type(() => Node) node!: Node;
  @v.IsOptional() @v.ValidateNested() @Type(() => Branch) sibling?: Branch;
}

test('classes that nest themselves and each other', async () => {
  const schema = compileDto(Node);
  expect(propertiesIn(schema)).toMatchObject({
    next: { $ref: '#' },
    branches: { items: { $ref: '#/$defs/Branch' } },
  });
  expect(schema.jsonSchema['$defs']).toMatchObject({
    Branch: { properties: { node: { $ref: '#' }, sibling: { $ref: '#/$defs/Branch' } } },
  });
  const check = ajv.compile(schema.jsonSchema);
  const good = { value: 1, next: { value: 2, branches: [{ node: { value: 3 } }] } };
  const bad = { value: 1, next: { value: 2, branches: [{ node: { value: 'x' } }] } };
  expect([check(good), check(bad)]).toEqual([true, false]);
  expect(await problemsOf(schema, good)).toEqual([]);
  expect(await problemsOf(schema, bad)).toEqual(['next.branches[0].node.value: must be an integer number']);
  let deep: object = { value: 0 };
  for (let depth = 0; depth < 100_000; depth += 1) deep = { value: depth, next: deep };
  expect(await problemsOf(schema, deep)).toEqual([expect.stringMatching(/next: is nested too deeply$/)]);
});

test('rules about the same thing all hold', async () => {
  class Tight {
    @v.Min(1) @v.Min(3) @v.Max(9) @v.Max(7) size!: number;
    @v.Matches(/^a/) @v.Matches(/z$/) @v.Contains('m') text!: string;
  }
  const schema = compileDto(Tight);
  expect(propertiesIn(schema)).toEqual({
    size: { type: 'number', minimum: 3, maximum: 7 },
    text: { type: 'string', pattern: '^a', allOf: [{ pattern: 'z$' }, { pattern: 'm' }] },
  });
  expect(await problemsOf(schema, { size: 2, text: 'az' })).toHaveLength(2);
});

test('two classes of one name both appear', () => {
  const [A, B] = [1, 2].map((limit) => {
    class Same {
      declare size: number;
    }
    v.Max(limit)(Same.prototype, 'size');
    return Same;
  });
  class Both {
    @v.ValidateNested() @Type(() => A!) a!: object;
    @v.ValidateNested() @Type(() => B!) b!: object;
  }
  expect(compileDto(Both).jsonSchema['$defs']).toMatchObject({
    Same: { properties: { size: { maximum: 1 } } },
    Same2: { properties: { size: { maximum: 2 } } },
  });
});

test('inheritance: base first; a redeclared property has the new rules alone, as in validation', async () => {
  class Base {
    @v.IsString() @v.MinLength(2) id!: string;
    @v.IsString() kept!: string;
  }
  class Derived extends Base {
    @v.IsInt() added!: number;
    @v.MaxLength(5) override id!: string;
  }
  const schema = compileDto(Derived);
  expect(propertiesIn(schema)).toEqual({
    id: { type: 'string', maxLength: 5 },
    kept: { type: 'string' },
    added: { type: 'integer' },
  });
  expect(Object.keys(propertiesIn(schema))).toEqual(['kept', 'added', 'id']);
  expect(await problemsOf(schema, { id: '', kept: '', added: 1 })).toEqual([]);
  expect(propertiesIn(compileDto(Base))['id']).toEqual({ type: 'string', minLength: 2 });
});

describe('class-transformer', () => {
  class Account {
    @Expose({ name: 'full_name' }) @v.IsString() fullName!: string;
    @Exclude() @v.IsString() secret!: string;
    @Exclude({ toPlainOnly: true }) @v.IsString() password!: string;
    @Exclude({ toClassOnly: true }) @v.IsInt() id!: number;
    @Expose() get initial(): string {
      return this.fullName.charAt(0);
    }
  }

  test('@Expose renames in both directions and in problems; @Exclude hides', async () => {
    const input = compileDto(Account);
    expect(Object.keys(propertiesIn(input))).toEqual(['full_name', 'password']);
    expect(await valueOf(input, { full_name: 'Ada', password: 'x' })).toMatchObject({ fullName: 'Ada' });
    expect(await problemsOf(input, { full_name: 1, fullName: 'x', secret: 's', password: 'x' })).toEqual([
      'fullName: is not a known property',
      'secret: is not a known property',
      'full_name: must be a string',
    ]);
    const output = compileDto(Account, { direction: 'output' });
    expect(Object.keys(propertiesIn(output))).toEqual(['full_name', 'id', 'initial']);
    expect(await problemsOf(output, { full_name: 'Ada', id: 1, initial: 'A' })).toEqual([]);
    expect(await problemsOf(output, { full_name: 'Ada', id: 'x', initial: 5 })).toEqual([
      'initial: must be a string',
      'id: must be an integer number',
    ]);
  });

  test('a class that excludes everything shows what it exposes', () => {
    @Exclude()
    class Closed {
      @Expose() @v.IsString() open!: string;
      @v.IsString() hidden!: string;
    }
    expect(Object.keys(propertiesIn(compileDto(Closed)))).toEqual(['open']);
  });

  test('@Transform goes first; what it throws is a problem of its property', async () => {
    class Search {
      @Transform(({ value }: { value: string }) => value.trim()) @v.IsString() @v.MinLength(2) text!: string;
      @v.IsInt() page!: number;
    }
    const schema = compileDto(Search);
    expect(schema.runtimeOnly).toEqual([{ path: 'text', rule: 'transform' }]);
    expect(await valueOf(schema, { text: ' ab ', page: 1 })).toEqual({ text: 'ab', page: 1 });
    expect(await problemsOf(schema, { text: '  a  ', page: 1 })).toEqual([
      'text: must be longer than or equal to 2 characters',
    ]);
    expect(await problemsOf(schema, { text: 5, page: 1 })).toEqual([
      expect.stringMatching(/^text: cannot be read: value\.trim is not a function/),
    ]);
  });

  test('dates, bigints, Sets and Maps arrive as what they are', async () => {
    class Kinds {
      @v.IsDate() at!: Date;
      @v.IsDate({ each: true }) @Type(() => Date) days!: Date[];
      @Docs({ title: 'Big' }) big!: bigint;
      @v.IsString({ each: true }) @Type(() => String) tags!: Set<string>;
      @v.ValidateNested({ each: true }) @Type(() => Passenger) seats!: Map<string, Passenger>;
    }
    const schema = compileDto(Kinds);
    const dateTime = { type: 'string', format: 'date-time' };
    expect(propertiesIn(schema)).toEqual({
      at: dateTime,
      days: { type: 'array', items: dateTime },
      tags: { type: 'array', items: { type: 'string' } },
      seats: { type: 'object', additionalProperties: { $ref: '#/$defs/Passenger' } },
      big: { type: 'string', pattern: '^-?\\d+$', title: 'Big' },
    });
    const now = '2026-05-17T09:30:00.000Z';
    const kinds = await valueOf(schema, {
      at: now,
      days: [now],
      big: '12345678901234567890',
      tags: ['a', 'a', 'b'],
      seats: { '1A': { name: 'Ada' } },
    });
    expect(kinds).toEqual(
      Object.assign(new Kinds(), {
        at: new Date(now),
        days: [new Date(now)],
        big: 12345678901234567890n,
        tags: new Set(['a', 'b']),
        seats: new Map([['1A', Object.assign(new Passenger(), { name: 'Ada' })]]),
      }),
    );
    expect(
      await problemsOf(schema, { at: 5, days: ['x'], big: 5, tags: [1], seats: { '1A': { name: '' } } }),
    ).toEqual([
      'at: must be a date and time such as 2026-05-17T09:30:00Z',
      'days[0]: must be a date and time such as 2026-05-17T09:30:00Z',
      'tags[0]: must be a string',
      'big: must be a whole number, written as a string of digits',
      'seats.1A.name: should not be empty',
    ]);
  });

  test('@Type(() => Number) does not turn "3" or "" into numbers', async () => {
    class Page {
      @v.IsInt() @Type(() => Number) page!: number;
    }
    expect(await problemsOf(compileDto(Page), { page: '3' })).toEqual(['page: must be a number']);
  });
});

describe('discriminated unions', () => {
  abstract class Payment {}
  class Card extends Payment {
    @v.IsString() number!: string;
  }
  class Cash extends Payment {
    @v.IsInt() amount!: number;
  }
  const subTypes = [
    { name: 'card', value: Card },
    { name: 'cash', value: Cash },
  ];
  class Order {
    @v.ValidateNested()
    @Type(() => Payment as new () => Payment, { discriminator: { property: 'by', subTypes } })
    payment!: Card | Cash;
    @v.IsOptional()
    @v.ValidateNested({ each: true })
    @Type(() => Payment as new () => Payment, { discriminator: { property: 'by', subTypes } })
    more?: (Card | Cash)[];
  }
  const schema = compileDto(Order);
  const check = ajv.compile(schema.jsonSchema);

  test.each([
    [{ payment: { by: 'card', number: '1' } }, []],
    [{ payment: { by: 'cash', amount: 1 }, more: [{ by: 'card', number: '1' }] }, []],
    [
      { payment: { by: 'cash', number: '1' } },
      ['payment.number: is not a known property', 'payment.amount: is required'],
    ],
    [{ payment: { by: 'gold' } }, ['payment.by: must be one of card, cash']],
    [
      { payment: { by: 'card', number: '1' }, more: [null, { amount: 1 }] },
      ['more[0]: must be an object', 'more[1].by: must be one of card, cash'],
    ],
  ])('%j', async (value, problems) => {
    expect(await problemsOf(schema, value)).toEqual(problems);
    expect(check(value)).toBe(problems.length === 0);
  });

  test('the instance is of the class that was named', async () => {
    const order = await valueOf(schema, {
      payment: { by: 'cash', amount: 1 },
      more: [{ by: 'card', number: '1' }],
    });
    expect(order.payment).toBeInstanceOf(Cash);
    expect(order.more?.[0]).toBeInstanceOf(Card);
  });

  test('a declared discriminator that class-transformer would remove is refused at start-up', () => {
    class Named {
      @v.IsIn(['n']) by!: string;
    }
    class Bad {
      @v.ValidateNested()
      @Type(() => Named, { discriminator: { property: 'by', subTypes: [{ name: 'n', value: Named }] } })
      one!: Named;
    }
    expect(() => compileDto(Bad)).toThrow(/Bad\.one: .*keepDiscriminatorProperty/);
  });
});

describe('presence', () => {
  class Presence {
    @Docs({ default: 0 }) @v.IsInt() zero!: number;
    @Docs({ default: false, title: 'Off', description: 'Is it off?', examples: [true] })
    @v.IsBoolean()
    off!: boolean;
    @v.ValidateIf((all: Presence) => all.off) @v.IsString() reason!: string;
    @Docs({ description: 'Typed by the compiler alone.' }) bare!: string;
    @v.IsString({ groups: ['admin'] }) @v.MinLength(3, { groups: ['admin'] }) note!: string;
    @v.IsString({ always: true }) name!: string;
  }
  const schema = compileDto(Presence, { groups: ['other'] });

  test('defaults, conditions and groups decide what is required', () => {
    expect(propertiesIn(compileDto(Presence))).toEqual({
      zero: { type: 'integer', default: 0 },
      off: { type: 'boolean', default: false, title: 'Off', description: 'Is it off?', examples: [true] },
      reason: { type: 'string' },
      note: { type: 'string', minLength: 3 },
      name: { type: 'string' },
      bare: { type: 'string', description: 'Typed by the compiler alone.' },
    });
    expect(compileDto(Presence).jsonSchema['required']).toEqual(['note', 'name', 'bare']);
    expect(compileDto(Presence, { groups: ['admin'] }).jsonSchema['required']).toEqual(
      ['note', 'name', 'zero', 'off', 'bare'].filter((name) => !['zero', 'off'].includes(name)),
    );
    expect(Object.keys(propertiesIn(schema))).not.toContain('note');
    expect(compileDto(Presence).runtimeOnly).toContainEqual({ path: 'reason', rule: 'validateIf' });
  });

  test('defaults are filled in, conditions hold, what only the compiler typed is checked', async () => {
    const all = compileDto(Presence);
    expect(await valueOf(all, { bare: 'b', name: 'n', note: 'abc' })).toMatchObject({ zero: 0, off: false });
    expect(await problemsOf(all, { off: true, bare: 5, name: 'n', note: 'ab' })).toEqual([
      'bare: must be a string',
      'reason: must be a string',
      'note: must be longer than or equal to 3 characters',
    ]);
    expect(await problemsOf(all, { name: 'n', note: 'abc' })).toEqual(['bare: is required']);
  });

  test('defaults are written as on the wire, and not shared between calls', async () => {
    class Preset {
      @Docs({ default: ['a'] }) @v.IsString({ each: true }) tags!: string[];
      @Docs({ default: '2026-05-17T09:30:00Z' }) @v.IsDate() at!: Date;
    }
    const preset = compileDto(Preset);
    const first = await valueOf(preset, {});
    expect(first.at).toEqual(new Date('2026-05-17T09:30:00Z'));
    first.tags.push('b');
    expect((await valueOf(preset, {})).tags).toEqual(['a']);
  });

  test('unknown properties pass where they are allowed, dangerous ones never', async () => {
    const open = compileDto(OpenPassenger);
    expect(open.jsonSchema).not.toHaveProperty('additionalProperties');
    expect(await valueOf(open, { name: 'a', more: { x: [1] } })).toMatchObject({ more: { x: [1] } });
    const taken = { constructor: 1, toString: 1, seat: 'x' };
    expect(await problemsOf(open, { name: 'a', ...taken })).toEqual(
      Object.keys(taken).map((key) => `${key}: is not a known property`),
    );
  });

  test('unknown properties pass in the class that says so, and in its subclasses until one says no', async () => {
    class Sub extends OpenPassenger {}
    @AllowUnknown(false)
    class Closed extends OpenPassenger {}
    class Group {
      @v.ValidateNested() @Type(() => Sub) open!: Sub;
      @v.ValidateNested() @Type(() => Closed) closed!: Closed;
    }
    const group = compileDto(Group);
    const value = { name: 'a', more: 1 };
    expect(group.jsonSchema).toMatchObject({ additionalProperties: false });
    expect(group.jsonSchema['$defs']).toMatchObject({ Closed: { additionalProperties: false } });
    expect(group.jsonSchema).not.toHaveProperty('$defs.Sub.additionalProperties');
    expect(await problemsOf(group, { open: value, closed: value, more: 1 })).toEqual([
      'more: is not a known property',
      'closed.more: is not a known property',
    ]);
  });

  test('a DTO without properties takes the empty object only', async () => {
    class Nothing {}
    const nothing = compileDto(Nothing);
    expect(nothing.jsonSchema).toEqual({ type: 'object', properties: {}, additionalProperties: false });
    expect(await problemsOf(nothing, {})).toEqual([]);
    expect(await problemsOf(nothing, { a: 1 })).toEqual(['a: is not a known property']);
  });

  test('free-form objects arrive as they are, without ways to a prototype', async () => {
    class Free {
      @v.IsObject() meta!: Record<string, unknown>;
    }
    const free = compileDto(Free);
    expect(await valueOf(free, { meta: { a: [{ b: null }], name: 1 } })).toEqual({
      meta: { a: [{ b: null }], name: 1 },
    });
    expect(
      await problemsOf(free, JSON.parse('{"meta":{"a":[{"__proto__":{"x":1}}],"constructor":"y"}}')),
    ).toEqual(['meta.a[0].__proto__: is not an allowed name', 'meta.constructor: is not an allowed name']);
  });

  test('no key of a free-form object or a Map is lost because objects have it by nature', async () => {
    class Labels {
      @v.IsObject() free!: Record<string, unknown>;
      @v.IsString({ each: true }) @Type(() => String) typed!: Map<string, string>;
      @v.IsOptional() @v.IsArray() list?: unknown[];
      @v.IsOptional() @Transform(({ value }) => new Set([value])) made?: Set<unknown>;
    }
    const schema = compileDto(Labels);
    const names = ['a', 'toString', 'valueOf', 'size', 'get', '\0kept:', '\0kept:toString', 'z'];
    const all = () => Object.fromEntries(names.map((name) => [name, `my ${name}`]));
    const given = { free: { deep: [all()], ...all() }, typed: all(), list: [all()], made: all() };
    const labels = await valueOf(schema, given);
    expect(labels.free).toEqual({ deep: [all()], ...all() });
    expect(Object.keys(labels.free)).toEqual(['deep', ...names]);
    expect([...labels.typed]).toEqual(Object.entries(all()));
    expect(labels.list).toEqual([all()]);
    expect([...(labels.made ?? [])]).toEqual([all()]);
    const problems = await problemsOf(schema, { free: {}, typed: { size: 5 } });
    expect(problems).toContain('typed.size: must be a string');
  });
});

describe('rules of your own', () => {
  @v.ValidatorConstraint({ async: true })
  class Even implements v.ValidatorConstraintInterface {
    async validate(value: unknown): Promise<boolean> {
      return Promise.resolve(typeof value === 'number' && value % 2 === 0);
    }
    defaultMessage(): string {
      return '$property must be even';
    }
  }
  function IsSlug(): PropertyDecorator {
    return v.ValidateBy({
      name: 'isSlug',
      validator: { validate: (value) => /^[a-z-]+$/.test(String(value)) },
    });
  }

  test('are enforced without a description, async ones too', async () => {
    class Own {
      @v.Validate(Even) count!: number;
      @IsSlug() slug!: string;
    }
    const schema = compileDto(Own);
    expect(propertiesIn(schema)).toEqual({ count: { type: 'number' }, slug: { type: 'string' } });
    expect(schema.runtimeOnly).toEqual([
      { path: 'count', rule: 'Even' },
      { path: 'slug', rule: 'isSlug' },
    ]);
    expect(await problemsOf(schema, { count: 3, slug: 'a-b' })).toEqual(['count: must be even']);
  });

  test('are shown once described, by class or by name', () => {
    describeRule(Even, () => ({ type: 'integer', multipleOf: 2 }));
    describeRule('isSlug', () => ({ type: 'string', pattern: '^[a-z-]+$' }), {
      complete: false,
      note: 'A slug.',
    });
    class Own {
      @v.Validate(Even) count!: unknown;
      @IsSlug() slug!: unknown;
    }
    const schema = compileDto(Own);
    expect(propertiesIn(schema)).toEqual({
      count: { type: 'integer', multipleOf: 2 },
      slug: { type: 'string', pattern: '^[a-z-]+$', description: 'A slug.' },
    });
    expect(schema.runtimeOnly).toEqual([{ path: 'slug', rule: 'isSlug' }]);
  });
});

describe('strings from the wire', () => {
  class Query {
    @v.IsInt() @v.Min(1) page!: number;
    @v.IsBoolean() deep!: boolean;
    @v.IsEnum({ Low: 1, High: 2, 1: 'Low', 2: 'High' }) level!: number;
    @v.IsString() text!: string;
    @v.IsOptional() @v.IsInt({ each: true }) ids?: number[];
    @v.Allow() any?: unknown;
  }
  const schema = compileDto(Query);

  test('are converted by the schema', async () => {
    const values = { page: '3', deep: 'false', level: '2', text: '42', ids: ['1', '2'], any: 'true' };
    expect(await schema.parseStrings(values)).toEqual({
      ok: true,
      value: { page: 3, deep: false, level: 2, text: '42', ids: [1, 2], any: 'true' },
    });
  });

  test('and reported where they do not convert', async () => {
    const parsed = await schema.parseStrings({ page: '3x', deep: 'yes', level: 'Low', text: '', other: '1' });
    expect(parsed).toMatchObject({ ok: false });
    if (!parsed.ok)
      expect(parsed.problems.map(({ path }) => path).sort()).toEqual(
        ['deep', 'level', 'other', 'page', 'page'].sort(),
      );
  });
});

describe('start-up errors name the property and the fix', () => {
  const codeOf = (compile: () => unknown): string => {
    try {
      compile();
      return 'none';
    } catch (thrown) {
      const { code, where, fix } = thrown as { code: string; where: string; fix: string };
      return `${code} ${where} | ${fix}`;
    }
  };
  const dto = (decorators: PropertyDecorator[], design: unknown) => {
    class Broken {}
    if (design !== undefined) Reflect.defineMetadata('design:type', design, Broken.prototype, 'field');
    for (const decorate of decorators) decorate(Broken.prototype, 'field');
    return Broken;
  };
  const nested = v.ValidateNested();
  const each = v.ValidateNested({ each: true });

  test.each<[string, PropertyDecorator[], unknown, RegExp]>([
    ['no metadata', [v.IsDefined()], undefined, /^MISSING_METADATA Broken\.field \| .*emitDecoratorMetadata/],
    ['no metadata, nested', [nested], undefined, /^MISSING_METADATA .*@Type/],
    ['a union', [v.IsDefined()], Object, /^UNSUPPORTED_TYPE .*@IsString/],
    ['import type (tsc)', [nested], Function, /^TYPE_ONLY_IMPORT .*import type/],
    ['import type (swc)', [nested], Object, /^TYPE_ONLY_IMPORT .*import type/],
    ['items without a class', [each], Array, /^UNSUPPORTED_TYPE .*@Type\(\(\) => Item\)/],
    ['a class that is not validated', [v.IsDefined()], Passenger, /^UNSUPPORTED_TYPE .*@ValidateNested/],
    ['@Type that is not validated', [Type(() => Passenger)], Object, /^UNSUPPORTED_TYPE .*@ValidateNested/],
    [
      '@Type that is not there yet',
      [nested, Type(() => undefined as never)],
      Object,
      /^CIRCULAR_IMPORT .*circle/,
    ],
    [
      'rules that exclude each other',
      [v.IsString(), v.IsInt()],
      String,
      /^UNSUPPORTED_TYPE .*Remove the rule/,
    ],
    ['@Type against the rules', [v.IsString(), Type(() => Date)], Date, /^UNSUPPORTED_TYPE .*@IsDate/],
    ['a Set of what', [v.IsString({ each: true })], Set, /^UNSUPPORTED_TYPE .*@Type/],
    [
      'an array rule on a Set',
      [v.ArrayNotEmpty(), Type(() => String)],
      Set,
      /^UNSUPPORTED_TYPE .*each: true/,
    ],
    ['a rule about items on the list', [v.IsString()], Array, /^UNSUPPORTED_TYPE .*each: true/],
  ])('%s', (_name, decorators, design, expected) => {
    const field =
      design === Object && decorators.length === 1 && decorators[0] !== nested
        ? [...decorators, v.Allow()]
        : decorators;
    const cls = dto(_name === '@Type that is not validated' ? field : decorators, design);
    expect(codeOf(() => compileDto(cls))).toMatch(expected);
  });
});
