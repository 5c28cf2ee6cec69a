import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AllowUnknown,
  Arg,
  Args,
  choices,
  type Context,
  Ctx,
  Default,
  Description,
  enumChoices,
  type FormType,
  type Infer,
  McpServer,
  Prompt,
  Resource,
  Server,
  type ServerDescription,
  type StartUpError,
  Tool,
} from '@reprise/core';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type } from 'arktype';
import { Type as Nested } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Type } from 'typebox';
import * as v from 'valibot';
import * as z from 'zod';
import { readSources } from '../../architecture/source-files.js';
import { accept, clientKinds, type Question, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const box = Type.Object({ city: Type.String(), nights: Type.Integer({ default: 2 }) });
const zod = z.object({ city: z.string().trim(), nights: z.number().int().default(2) });
const ark = type({ city: 'string', nights: 'number.integer = 2' });
const valibot = toStandardJsonSchema(v.object({ city: v.string(), nights: v.optional(v.number(), 2) }));

class Fare {
  @IsInt() price!: number;
  @Default('EUR') @IsString() currency!: string;
}
class Vague {
  @IsString() a!: string;
  @IsOptional() any!: string | number;
}
class Plain {
  price = 1;
}
class Booking {
  @Description('Given by the desk') @IsInt({ groups: ['change'] }) id!: number;
  @IsString({ groups: ['create', 'change'] }) @MaxLength(5, { groups: ['create'] }) city!: string;
  @IsInt({ always: true }) nights!: number;
}
@AllowUnknown()
class Loose {
  @IsString() city!: string;
}
enum Colour {
  Red = 'red',
  Blue = 'blue',
}

/** One of each kind that the user can be asked for: the form, an answer that is refused, one that is taken, the data. */
const forms: Record<string, [form: FormType, wrong: object, right: object, data: unknown]> = {
  zod: [zod, { city: 5 }, { city: ' Oslo ' }, { city: 'Oslo', nights: 2 }],
  box: [box, { city: 'Oslo', nights: 1.5 }, { city: 'Oslo' }, { city: 'Oslo', nights: 2 }],
  ark: [ark, {}, { city: 'Oslo', nights: 0 }, { city: 'Oslo', nights: 0 }],
  valibot: [valibot, {}, { city: 'Oslo' }, { city: 'Oslo', nights: 2 }],
  several: [[['a', 'b']], { value: ['c'] }, { value: ['b'] }, ['b']],
  limited: [choices('a', 'b').many({ min: 1 }), { value: [] }, { value: ['a', 'b'] }, ['a', 'b']],
  titled: [{ low: 'Low priority', high: 'High' }, { value: 'Low priority' }, { value: 'low' }, 'low'],
  strings: [enumChoices(Colour), { value: 'Red' }, { value: 'red' }, Colour.Red],
};

const logger = new RecordedLog();

@Server({ name: 'schemas', version: '1.0.0' })
class Schemas extends McpServer {
  @Tool() box(@Args(box) args: Infer<typeof box>) {
    return args;
  }
  @Tool({ input: zod }) zod(@Ctx() _ctx: Context, @Args() args: Infer<typeof zod>) {
    return args;
  }
  @Tool() ark(@Args(ark) args: Infer<typeof ark>) {
    return args;
  }
  @Tool() valibot(@Args(valibot) args: Infer<typeof valibot>) {
    return args;
  }
  @Tool() loose(@Args() args: Loose) {
    return { ...args, isLoose: args instanceof Loose };
  }

  @Tool({ groups: ['create'] }) create(@Args() booking: Booking) {
    return { ...booking, isBooking: booking instanceof Booking };
  }
  @Tool({ input: Booking, groups: ['change'] }) change(@Args() booking: Booking) {
    return booking;
  }
  @Prompt({ groups: ['create'] }) booking(@Args() { city, nights }: Booking) {
    return `${nights + 1} in ${city}`;
  }

  @Tool() inferred(@Arg('broken', { required: false }) broken?: boolean): Fare {
    return (broken === true ? { price: 'much' } : { price: 40 }) as Fare; // what a handler may do to its type
  }
  @Tool() plain(): Plain {
    return new Plain();
  }
  @Tool({ output: Fare }) async later() {
    return { price: 41 };
  }
  @Tool({
    output: Type.Array(Type.Object({ price: Type.Integer(), currency: Type.String({ default: 'EUR' }) })),
  })
  list() {
    return [{ price: 1 }, { price: 2, currency: 'NOK' }];
  }
  @Tool({ output: z.object({ price: z.number() }) }) stripped() {
    return { price: 3, secret: 'x' };
  }
  @Tool({ output: z.string() }) scalar() {
    return 'words';
  }

  @Tool() async ask(@Arg('form') form: string, @Ctx() ctx: Context) {
    const answer = await ctx.elicit('Which?', forms[form]?.[0] ?? String, { title: 'T' });
    return answer.action === 'accept' ? { data: answer.data } : answer.action;
  }
  @Tool() async together(@Ctx() ctx: Context) {
    const answers = await Promise.all([ctx.elicit('a', box), ctx.elicit('b', zod), ctx.elicit('c', String)]);
    return answers.map(({ action }) => action);
  }

  @Prompt() plan(@Args(zod) { city, nights }: Infer<typeof zod>) {
    return `${nights + 1} in ${city}`;
  }
}

describe.each(clientKinds)('%s', (kind) => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start(new Schemas({ logger }));
  });
  afterAll(() => server.stop());

  test.each(['box', 'zod', 'ark', 'valibot'])('%s describes the arguments and gives them', async (name) => {
    const client = await server.connect(kind);
    const { tools } = await client.client.listTools();
    const tool = tools.find((one) => one.name === name);
    expect(tool?.inputSchema).toMatchObject({
      type: 'object',
      properties: { city: { type: 'string' }, nights: {} },
      required: ['city'],
    });
    expect(JSON.parse(textOf(await client.call(name, { city: 'Oslo' })))).toEqual({
      city: 'Oslo',
      nights: 2,
    });
    const refused = await client.call(name, { city: 5 });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toMatch(new RegExp(`^Invalid arguments for ${name}:\\n- city: `));
  });

  test('a DTO that allows it takes more than it declares', async () => {
    const client = await server.connect(kind);
    const given = await client.call('loose', { city: 'Oslo', more: { deep: [1] } });
    expect(JSON.parse(textOf(given))).toEqual({ city: 'Oslo', more: { deep: [1] }, isLoose: true });
    expect(await client.call('loose', { more: 1 })).toMatchObject({ isError: true });
  });

  test('groups choose the rules, in the schema and in the check', async () => {
    const { client, call } = await server.connect(kind);
    const { tools } = await client.listTools();
    const schemaOf = (name: string) => tools.find((one) => one.name === name)?.inputSchema;
    const nights = { type: 'integer' };
    expect(schemaOf('create')).toEqual({
      type: 'object',
      properties: { city: { type: 'string', maxLength: 5 }, nights },
      required: ['city', 'nights'],
      additionalProperties: false,
    });
    expect(schemaOf('change')).toMatchObject({
      properties: {
        id: { type: 'integer', description: 'Given by the desk' },
        city: { type: 'string' },
        nights,
      },
      required: ['id', 'city', 'nights'],
    });
    const created = await call('create', { city: 'Oslo', nights: 2 });
    expect(JSON.parse(textOf(created))).toEqual({ city: 'Oslo', nights: 2, isBooking: true });
    expect(
      textOf(await call('create', { id: 1, city: 'Trondheim', nights: 2.5 }))
        .split('\n')
        .slice(1),
    ).toEqual([
      '- id: is not a known property',
      '- city: must be shorter than or equal to 5 characters',
      '- nights: must be an integer number',
    ]);
    expect(textOf(await call('change', { city: 'Trondheim', nights: 2 }))).toMatch(/- id: is required$/);
    expect(await call('change', { id: 1, city: 'Trondheim', nights: 2 })).not.toHaveProperty('isError', true);

    const prompt = (args: Record<string, string>) => client.getPrompt({ name: 'booking', arguments: args });
    expect((await prompt({ city: 'Oslo', nights: '3' })).messages[0]?.content).toMatchObject({
      text: '4 in Oslo',
    });
    await expect(prompt({ city: 'Trondheim', nights: '3' })).rejects.toThrow(/city: must be shorter/);
  });

  test('outputs are stated, filled in and checked before they leave', async () => {
    const client = await server.connect(kind);
    const { tools } = await client.client.listTools();
    const outputOf = (name: string) => tools.find((one) => one.name === name)?.outputSchema;
    expect(outputOf('inferred')).toMatchObject({ type: 'object', required: ['price'] });
    expect(outputOf('inferred')).toEqual(outputOf('later'));
    expect(outputOf('plain')).toBeUndefined();

    const ajv = new Ajv2020({ strict: false });
    const structured = async (name: string, args = {}) => {
      const answer = await client.call(name, args);
      const schema = outputOf(name);
      if (schema !== undefined) expect(ajv.validate(schema, answer.structuredContent)).toBe(true);
      return answer.structuredContent;
    };
    expect(await structured('inferred')).toEqual({ price: 40, currency: 'EUR' });
    expect(JSON.parse(textOf(await client.call('inferred')))).toEqual({ price: 40, currency: 'EUR' });
    expect(await structured('later')).toEqual({ price: 41, currency: 'EUR' });
    expect(await structured('stripped')).toEqual({ price: 3 });
    const list = [
      { price: 1, currency: 'EUR' },
      { price: 2, currency: 'NOK' },
    ];
    // before 2026-07-28 a result is an object: the SDK puts others under `result`
    expect(await structured('list')).toEqual(kind === 'v2-modern' ? list : { result: list });
    expect(await structured('scalar')).toEqual(kind === 'v2-modern' ? 'words' : { result: 'words' });
  });

  test('a wrong shape is an internal error, not a lie to the model', async () => {
    const client = await server.connect(kind);
    const answer = await client.call('inferred', { broken: true });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toMatch(/^Internal error \(ref \w+\)$/);
    expect(logger.text('error')).toMatch(/broke its output schema: price: must be an integer/);
  });

  test.each(Object.entries(forms))('asks with %s', async (name, [, wrong, right, data]) => {
    const asked: Question[] = [];
    const user = (question: Question) => accept((asked.push(question) === 1 ? wrong : right) as never);
    const client = await server.connect(kind, { user });
    expect(JSON.parse(textOf(await client.call('ask', { form: name })))).toEqual({ data });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.message).toMatch(/^Which\?\n\nThe last answer cannot be used: /);
    expect(asked[0]?.requestedSchema).toMatchObject({ type: 'object' });
  });

  test('questions of every kind go out together', async () => {
    const user = ({ message }: Question) => accept(message === 'c' ? { value: 'x' } : { city: 'Oslo' });
    const client = await server.connect(kind, { user });
    expect(JSON.parse(textOf(await client.call('together')))).toEqual(['accept', 'accept', 'accept']);
    expect(client.mostAtOnce()).toBe(3);
    expect(client.sent('tools/call')).toBe(kind === 'v2-modern' ? 2 : 1);
  });

  test('prompt arguments are converted by the schema', async () => {
    const client = await server.connect(kind);
    const { prompts } = await client.client.listPrompts();
    expect(prompts.find(({ name }) => name === 'plan')).toMatchObject({
      arguments: [
        { name: 'city', required: true },
        { name: 'nights', required: false },
      ],
    });
    const text = async (args: Record<string, string>) =>
      (await client.client.getPrompt({ name: 'plan', arguments: args })).messages[0]?.content;
    expect(await text({ city: 'Oslo', nights: '3' })).toMatchObject({ text: '4 in Oslo' });
    expect(await text({ city: 'Oslo' })).toMatchObject({ text: '3 in Oslo' });
    await expect(text({ city: 'Oslo', nights: 'few' })).rejects.toThrow(/nights: /);
  });
});

test('groups without a class that could have them are refused at start-up', async () => {
  @Server({ name: 'grouped', version: '1.0.0' })
  class Grouped extends McpServer {
    @Tool({ groups: ['create'] }) schema(@Args(box) _args: object) {}
    @Tool({ groups: ['create'] }) one(@Arg('city') _city: string) {}
  }
  const thrown = await new Grouped().describe().catch((error: unknown) => error as StartUpError);
  expect(thrown).toMatchObject({
    problems: [
      { code: 'INVALID_OPTION', where: 'Grouped.schema, parameter 1 (@Args)' },
      { code: 'INVALID_OPTION', where: 'Grouped.one, option groups' },
    ],
  });
});

test('TypeBox is loaded by servers that use it', () => {
  const imports = readSources()
    .filter(({ workspace }) => workspace === 'core')
    .flatMap((file) => file.imports.filter(({ specifier }) => specifier.startsWith('typebox')));
  expect(imports.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['type', 'lazy']));
  expect(imports.filter(({ kind }) => kind === 'value')).toEqual([]);
});

class Deep {
  @Description('d') @Matches(/^a/i) @IsString() loud!: string;
}
class Described {
  @Description('Where to') @IsString() @MaxLength(80) city!: string;
  @IsOptional() @IsString() note?: string;
  @Nested(() => Deep) forgotten?: Deep;
}
const wide = Type.Object(
  Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`field${at}`, Type.String({ description: 'x'.repeat(40) })]),
  ),
);

@Server({ name: 'told', version: '3.0.0' })
class Told extends McpServer {
  @Tool({ description: 'Fine' }) fine(@Arg('city', { description: 'Where' }) city: string): Deep {
    return { loud: city };
  }
  @Tool() silent(@Args() _args: Described) {}
  @Tool({ description: 'Wide' }) wide(@Args(wide) _args: object) {}
  @Tool({ description: 'Open', input: Type.Object({ x: Type.Unknown({ description: 'any' }) }) }) open() {}
  @Prompt({ description: 'Plan' }) plan(@Args() _args: Deep) {}
  @Resource('told://a', { description: 'A' }) a() {
    return 'a';
  }
  @Resource('told://all') all() {
    return 'all';
  }
}

describe('describe()', () => {
  test('tells what clients see, what they do not, and what they stumble over, without a start', async () => {
    const told: ServerDescription = await new Told().describe();
    expect(structuredClone(told)).toEqual(told);
    expect(told).toMatchObject({ name: 'told', version: '3.0.0' });
    const [fine, silent, large, open] = told.tools;
    expect(fine).toEqual({
      name: 'fine',
      description: 'Fine',
      handler: 'Told.fine',
      input: {
        type: 'object',
        properties: { city: { type: 'string', description: 'Where' } },
        required: ['city'],
        additionalProperties: false,
      },
      output: {
        type: 'object',
        properties: { loud: { type: 'string', description: 'd' } },
        required: ['loud'],
        additionalProperties: false,
      },
      runtimeOnly: [{ in: 'output', path: 'loud', rule: 'matches' }],
      warnings: [],
    });
    expect(silent?.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['NO_DESCRIPTION', undefined],
      ['UNDESCRIBED_PROPERTY', 'note'],
      ['IGNORED_PROPERTY', 'Described.forgotten'],
    ]);
    expect(large?.warnings).toEqual([
      { code: 'LARGE_SCHEMA', message: expect.stringMatching(/^The input schema has 1\d{4} bytes\.$/) },
    ]);
    expect(open?.warnings.map(({ code, path }) => [code, path])).toEqual([['ANY_VALUE', 'x']]);
    expect(told.prompts).toEqual([
      {
        name: 'plan',
        description: 'Plan',
        handler: 'Told.plan',
        arguments: [{ name: 'loud', required: true, description: 'd' }],
        runtimeOnly: [{ in: 'input', path: 'loud', rule: 'matches' }],
        warnings: [],
      },
    ]);
    expect(told.resources.map(({ uri, warnings }) => [uri, warnings.length])).toEqual([
      ['told://a', 0],
      ['told://all', 1],
    ]);
  });

  test('and the start that follows serves the same components', async () => {
    let made = 0;
    @Tool({ description: 'counts' })
    class Counter {
      constructor() {
        made += 1;
      }
      execute() {
        return made;
      }
    }
    @Server({ name: 'counting', version: '1.0.0', components: [Counter] })
    class Counting extends McpServer {}
    const counting = new Counting({ logger });
    await Promise.all([counting.describe(), counting.describe()]);
    const running = await start(counting);
    const client = await running.connect('v2-modern');
    expect(textOf(await client.call('counter'))).toBe('1');
    expect((await counting.describe()).tools).toHaveLength(1);
    await running.stop();
  });
});

describe('found at start-up', () => {
  class One {
    @IsString() a!: string;
  }
  class Two {
    @IsString() b!: string;
  }
  class More extends One {
    @IsString() c!: string;
  }
  const missing = undefined as unknown as typeof One;

  const mistakes: [what: string, cls: new () => McpServer, code: string, where: string][] = [];
  const mistake =
    (what: string, code: string, where: string) =>
    (cls: new () => McpServer): void =>
      void mistakes.push([what, cls, code, where]);
  const named = { name: 'wrong', version: '1.0.0' };

  @mistake('an input that was not loaded yet', 'CIRCULAR_IMPORT', 'A.run, option input')
  @Server(named)
  class A extends McpServer {
    @Tool({ input: missing }) run(@Args() _args: One) {}
  }
  @mistake('an output that was not loaded yet', 'CIRCULAR_IMPORT', 'B.run, option output')
  @Server(named)
  class B extends McpServer {
    @Tool({ output: missing }) run() {}
  }
  @mistake('an input that is no object', 'UNSUPPORTED_TYPE', 'C.run, option input')
  @Server(named)
  class C extends McpServer {
    @Tool({ input: z.string() }) run() {}
  }
  @mistake('@Args that is no object', 'UNSUPPORTED_TYPE', 'D.run, parameter 1 (@Args)')
  @Server(named)
  class D extends McpServer {
    @Tool() run(@Args(Type.Array(Type.String())) _args: string[]) {}
  }
  @mistake('two schemas for the same arguments', 'INVALID_OPTION', 'E.run, parameter 1 (@Args)')
  @Server(named)
  class E extends McpServer {
    @Tool({ input: zod }) run(@Args(box) _args: object) {}
  }
  @mistake('a class that the parameter is not', 'INVALID_OPTION', 'F.run, parameter 1 (@Args)')
  @Server(named)
  class F extends McpServer {
    @Tool({ input: Two }) run(@Args() _args: One) {}
  }
  @mistake('an input beside @Arg', 'MISPLACED_DECORATOR', 'G.run')
  @Server(named)
  class G extends McpServer {
    @Tool({ input: zod }) run(@Arg('a') _a: string) {}
  }
  @mistake('an output that has no JSON Schema', 'UNSUPPORTED_TYPE', 'H.run, option output')
  @Server(named)
  class H extends McpServer {
    @Tool({ output: z.object({ at: z.date() }) }) run() {}
  }
  @mistake('a returned class whose property says nothing', 'UNSUPPORTED_TYPE', 'Vague.any')
  @Server(named)
  class I extends McpServer {
    @Tool() run(): Vague {
      return new Vague();
    }
  }
  @mistake('alternatives for a prompt', 'UNSUPPORTED_TYPE', 'J.run')
  @Server(named)
  class J extends McpServer {
    @Prompt({ input: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]) }) run() {
      return '';
    }
  }
  @mistake('valibot without its JSON Schema', 'UNSUPPORTED_TYPE', 'K.run, option input')
  @Server(named)
  class K extends McpServer {
    @Tool({ input: v.object({}) as unknown as typeof One }) run() {}
  }
  @mistake('a TypeBox schema that does not compile', 'UNSUPPORTED_TYPE', 'L.run, option input')
  @Server(named)
  class L extends McpServer {
    @Tool({ input: Type.Object({ a: Type.String({ pattern: '(' }) }) }) run() {}
  }
  void [L, A, B, C, D, E, F, G, H, I, J, K];

  test.each(mistakes)('%s', async (_what, cls, code, where) => {
    const thrown = await new cls().describe().catch((error: unknown) => error as StartUpError);
    expect((thrown as StartUpError).problems?.map((problem) => [problem.code, problem.where])).toEqual([
      [code, where],
    ]);
    expect((thrown as StartUpError).problems[0]?.fix).toBeDefined();
  });

  let running: Awaited<ReturnType<typeof start>> | undefined;
  afterEach(() => running?.stop());

  test('a subclass of the parameter is no mistake, nor is the same schema twice', async () => {
    @Server(named)
    class Fine extends McpServer {
      @Tool({ input: More }) sub(@Args() args: One) {
        return args instanceof More;
      }
      @Tool({ input: zod }) twice(@Args(zod) args: Infer<typeof zod>) {
        return args.nights;
      }
    }
    running = await start(new Fine({ logger }));
    const client = await running.connect('v2-legacy');
    expect(textOf(await client.call('sub', { a: 'a', c: 'c' }))).toBe('true');
    expect(textOf(await client.call('twice', { city: 'Oslo' }))).toBe('2');
  });
});
