import { describe, expect, test } from '@jest/globals';
import { IsInt, IsOptional, IsString } from 'class-validator';
import {
  Arg,
  Args,
  Complete,
  Context,
  createParamDecorator,
  Ctx,
  Description,
  Param,
  Prompt,
  Resource,
  Server,
  Signal,
  Title,
  Tool,
} from '@reprise/core';
import { buildCatalog, type Catalog } from '../../src/catalog/index.js';

class TripRequest {
  @IsString() @Title('Destination') @Description('A city') destination!: string;
  @IsOptional() @IsInt() nights?: number;
}

class Booking {
  @IsString() id!: string;
}

const Principal = createParamDecorator((context) => context.sessionId, 'Principal');

const icons = [{ src: 'https://example.com/a.png' }];

@Server({ name: 'trip-desk', version: '1.2.3', title: 'Trip desk', instructions: 'Book trips.', icons })
class TripDesk {
  constructor(readonly prefix = 'trip to ') {}

  @Tool({
    title: 'Book',
    description: 'Book a trip',
    annotations: { destructiveHint: true },
    icons,
    tags: ['travel'],
    _meta: { a: 1 },
    output: Booking,
  })
  book(
    @Args() trip: TripRequest,
    ctx: Context,
    @Signal() signal: AbortSignal,
    @Principal() who: string,
  ): string {
    return [this.prefix, trip.destination, ctx, signal, who].join('');
  }

  @Tool() ping(): string {
    return 'pong';
  }

  @Resource('config://app', {
    mimeType: 'application/json',
    size: 12,
    cache: { ttlMs: 5, cacheScope: 'public' },
  })
  config(): object {
    return {};
  }

  @Resource('city://{name}/{part}{?page}', {
    name: 'Guide',
    description: 'About a city',
    mimeType: 'text/markdown',
  })
  guide(@Param('page') page: number, @Param('name') name: string, @Param('part') part: string): string {
    return `${page}${name}${part}`;
  }

  @Prompt({ description: 'Plan' })
  weekend(
    @Arg('city', { title: 'City' }) city: string,
    @Arg('days', { required: false }) days: number,
  ): string {
    return `${city}${days}`;
  }

  @Complete({ prompt: 'weekend', argument: 'city' })
  cities(
    @Arg() typed: string,
    @Arg('days') days: string,
    @Args() all: unknown,
    @Ctx() ctx: Context,
  ): string[] {
    return [typed, days, String(all), String(ctx)];
  }

  @Complete({ template: 'city://{name}/{part}{?page}', variable: 'part' })
  parts(): string[] {
    return [];
  }
}

const kinds = ({ handler }: { handler: { bindings: readonly { kind: string }[] } }) =>
  handler.bindings.map(({ kind }) => kind);

describe('the catalog of a server', () => {
  let catalog: Catalog;
  const built = async () => (catalog ??= await buildCatalog(new TripDesk()));

  test('says who the server is and what it can do', async () => {
    const { info, instructions, capabilities } = await built();
    expect(info).toEqual({ name: 'trip-desk', version: '1.2.3', title: 'Trip desk', icons });
    expect(instructions).toBe('Book trips.');
    expect(capabilities).toEqual({
      logging: {},
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      completions: {},
    });
  });

  test('shows tools with all they said about themselves', async () => {
    const { items } = (await built()).lists.tools.at(undefined) ?? {};
    expect(items).toEqual([
      {
        name: 'book',
        title: 'Book',
        description: 'Book a trip',
        annotations: { destructiveHint: true },
        icons,
        _meta: { a: 1, 'reprise/tags': ['travel'] },
        inputSchema: expect.objectContaining({ type: 'object', required: ['destination'] }),
        outputSchema: expect.objectContaining({ type: 'object', required: ['id'] }),
      },
      { name: 'ping', inputSchema: expect.objectContaining({ type: 'object' }) },
    ]);
    expect((await built()).tools.get('book')?.tags).toEqual(['travel']);
  });

  test('shows resources, templates and prompts', async () => {
    const { lists } = await built();
    expect(lists.resources.at(undefined)?.items).toEqual([
      { uri: 'config://app', name: 'config', mimeType: 'application/json', size: 12 },
    ]);
    expect(lists.templates.at(undefined)?.items).toEqual([
      {
        uriTemplate: 'city://{name}/{part}{?page}',
        name: 'Guide',
        description: 'About a city',
        mimeType: 'text/markdown',
      },
    ]);
    expect(lists.prompts.at(undefined)?.items).toEqual([
      {
        name: 'weekend',
        description: 'Plan',
        arguments: [
          { name: 'city', title: 'City', required: true },
          { name: 'days', required: false },
        ],
      },
    ]);
  });

  test('binds every parameter, in order; a Context needs no decorator', async () => {
    const { tools, prompts, templates, completion } = await built();
    expect(kinds(tools.get('book')!)).toEqual(['args', 'context', 'signal', 'custom']);
    expect(kinds(tools.get('ping')!)).toEqual([]);
    expect(kinds(prompts.get('weekend')!)).toEqual(['arg', 'arg']);
    expect(kinds(templates[0]!)).toEqual(['param', 'param', 'param']);
    expect(kinds(completion({ prompt: 'weekend', argument: 'city' })!)).toEqual([
      'arg',
      'arg',
      'args',
      'context',
    ]);
  });

  test('calls methods on their instance', async () => {
    const { tools } = await built();
    const { handler } = tools.get('book')!;
    expect(handler.where).toBe('TripDesk.book');
    expect(handler.invoke({ destination: 'Rome' }, '', '', '')).toBe('trip to Rome');
  });

  test('parses arguments and variables by the types of the parameters', async () => {
    const { tools, prompts, templates } = await built();
    const trip = await tools.get('book')!.input.parse({ destination: 'Rome' });
    expect(trip).toEqual({ ok: true, value: expect.any(TripRequest) });
    expect(await tools.get('ping')!.input.parse({ x: 1 })).toMatchObject({ ok: false });
    expect(await prompts.get('weekend')!.input.parseStrings({ city: 'Rome', days: '2' })).toEqual({
      ok: true,
      value: { city: 'Rome', days: 2 },
    });
    const [template] = templates;
    const variables = template!.match('city://rome/food?page=2');
    expect(variables).toEqual({ name: 'rome', part: 'food', page: '2' });
    expect(await template!.variables.parseStrings(variables!)).toEqual({
      ok: true,
      value: { name: 'rome', part: 'food', page: 2 },
    });
    expect(await template!.variables.parseStrings({ name: 'rome', part: 'food' })).toMatchObject({
      ok: true,
    });
    expect(await template!.variables.parseStrings({ name: 'a', part: 'b', page: 'x' })).toMatchObject({
      ok: false,
    });
  });

  test('knows completions by target', async () => {
    const { completion } = await built();
    expect(completion({ template: 'city://{name}/{part}{?page}', variable: 'part' })?.handler.where).toBe(
      'TripDesk.parts',
    );
    expect(completion({ template: 'city://{name}/{part}{?page}', variable: 'name' })).toBeUndefined();
    expect(completion({ prompt: 'weekend', argument: 'toString' })).toBeUndefined();
  });

  test('carries cache hints', async () => {
    expect((await built()).resources.get('config://app')?.cache).toEqual({ ttlMs: 5, cacheScope: 'public' });
  });

  test('is frozen to the bottom, and leaves what it was given unfrozen', async () => {
    const { tools, lists, capabilities } = await built();
    const tool = tools.get('book')!;
    for (const part of [
      catalog,
      capabilities,
      capabilities.tools,
      tool,
      tool.definition,
      tool.definition.inputSchema,
      tool.definition.inputSchema.properties,
      tool.definition._meta,
      tool.definition.icons?.[0],
      tool.handler.bindings,
      lists,
      lists.tools.at(undefined)?.items,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(icons)).toBe(false);
    expect(Object.isFrozen(icons[0])).toBe(false);
  });
});

test('a server of nothing declares nothing but logging', async () => {
  @Server({ name: 'empty', version: '1.0.0' })
  class Empty {}
  const { capabilities, lists } = await buildCatalog(new Empty());
  expect(capabilities).toEqual({ logging: {} });
  expect(lists.tools.at(undefined)).toEqual({ items: [] });
});

test('two instances of one server, and two servers of one component, share nothing', async () => {
  let made = 0;
  class Counter {
    count = 0;
    readonly id = ++made;
    @Tool() next(): string {
      return `${this.id}:${++this.count}`;
    }
  }
  @Server({ name: 'a', version: '1.0.0', components: [Counter] })
  class One {}
  @Server({ name: 'b', version: '1.0.0', components: [Counter, Counter] })
  class Two {}
  const catalogs = await Promise.all([new One(), new One(), new Two()].map((server) => buildCatalog(server)));
  const next = catalogs.map(({ tools }) => tools.get('next')!.handler);
  expect([...next, ...next].map((handler) => handler.invoke())).toEqual([
    '1:1',
    '2:1',
    '3:1',
    '1:2',
    '2:2',
    '3:2',
  ]);
});

test('one file can be one tool: the class gives the name', async () => {
  @Tool()
  class WeatherTool {
    execute(@Args() trip: TripRequest): string {
      return trip.destination;
    }
  }
  @Prompt()
  class Plan {
    execute(): string {
      return '';
    }
  }
  @Resource('time://now')
  class ClockResource {
    execute(): string {
      return '';
    }
  }
  @Tool({ name: 'given' })
  class Tool2 {
    execute(): string {
      return '';
    }
  }
  @Server({ name: 'a', version: '1.0.0', components: [WeatherTool, Plan, ClockResource, Tool2] })
  class Desk {}
  const { tools, prompts, resources } = await buildCatalog(new Desk());
  expect([...tools.keys()]).toEqual(['weather', 'given']);
  expect([...prompts.keys()]).toEqual(['plan']);
  expect(resources.get('time://now')?.definition.name).toBe('clock');
  expect(tools.get('weather')?.handler.where).toBe('WeatherTool.execute');
  expect(tools.get('weather')?.handler.invoke({ destination: 'Rome' })).toBe('Rome');
});

test('instances come from the container, once', async () => {
  class Greeter {
    constructor(readonly greeting: string) {}
    @Tool() greet(): string {
      return this.greeting;
    }
  }
  const asked: unknown[] = [];
  @Server({
    name: 'a',
    version: '1.0.0',
    components: [Greeter],
    container: {
      get: (cls) => {
        asked.push(cls);
        return Promise.resolve(new Greeter('hello'));
      },
    },
  })
  class Desk {}
  const { tools } = await buildCatalog(new Desk());
  expect(tools.get('greet')?.handler.invoke()).toBe('hello');
  expect(asked).toEqual([Greeter]);
});

describe('inheritance', () => {
  @Server({ name: 'base', version: '1.0.0' })
  class Base {
    @Tool() second(@Arg('a') a: string): string {
      return `base ${a}`;
    }
    @Tool() first(): string {
      return 'base';
    }
  }

  test('an override is what is called, in the place of the base', async () => {
    class Derived extends Base {
      @Tool() third(): void {}
      override second(a: string): string {
        return `derived ${a}`;
      }
    }
    const { tools, info } = await buildCatalog(new Derived());
    expect(info.name).toBe('base');
    expect([...tools.keys()]).toEqual(['second', 'first', 'third']);
    expect(tools.get('second')?.handler.invoke('x')).toBe('derived x');
    expect(tools.get('second')?.handler.where).toBe('Derived.second');
    expect(tools.get('second')?.definition.inputSchema).toMatchObject({ required: ['a'] });
    expect([...(await buildCatalog(new Base())).tools.keys()]).toEqual(['second', 'first']);
  });

  test('an override may become something else', async () => {
    class Derived extends Base {
      @Prompt() override first(): string {
        return 'prompt';
      }
    }
    const { tools, prompts } = await buildCatalog(new Derived());
    expect([...tools.keys()]).toEqual(['second']);
    expect([...prompts.keys()]).toEqual(['first']);
  });
});

test('a method that another decorator wrapped keeps its bindings and is called wrapped', async () => {
  const Shout = (_: object, __: string, descriptor: PropertyDescriptor): void => {
    const inner = descriptor.value as (...args: unknown[]) => unknown;
    descriptor.value = function (this: unknown, ...args: unknown[]) {
      return `${String(inner.apply(this, args))}!`;
    };
  };
  @Server({ name: 'a', version: '1.0.0' })
  class Desk {
    @Shout @Tool() outside(@Arg('a') a: string, context: Context): string {
      return a + String(context);
    }
    @Tool() @Shout inside(@Arg('a') a: string, context: Context): string {
      return a + String(context);
    }
  }
  const { tools } = await buildCatalog(new Desk());
  for (const name of ['outside', 'inside']) {
    expect(kinds(tools.get(name)!)).toEqual(['arg', 'context']);
    expect(tools.get(name)?.handler.invoke('a', 'b')).toBe('ab!');
  }
});

describe('pages', () => {
  @Server({ name: 'a', version: '1.0.0', pageSize: 2 })
  class Desk {
    @Tool() a(): void {}
    @Tool() b(): void {}
    @Tool() c(): void {}
    @Tool() d(): void {}
    @Tool() e(): void {}
    @Prompt() f(): void {}
    @Prompt() g(): void {}
    @Prompt() h(): void {}
    @Resource('a://1') i(): void {}
    @Resource('a://2') j(): void {}
  }

  test('are walked by cursor, the last has none, and any process understands the cursors', async () => {
    const [one, other] = await Promise.all([buildCatalog(new Desk()), buildCatalog(new Desk())]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { items: { name: string }[]; nextCursor?: string } | undefined = one.lists.tools.at(cursor);
      expect(page).toEqual(other.lists.tools.at(cursor));
      seen.push(page!.items.map(({ name }) => name).join(''));
      cursor = page!.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['ab', 'cd', 'e']);
  });

  test('unknown cursors, also of another list, have no page; a full last page has no next', async () => {
    const { lists } = await buildCatalog(new Desk());
    const foreign = lists.tools.at(undefined)?.nextCursor;
    expect(foreign).toMatch(/^[\w-]+$/);
    expect(lists.prompts.at(lists.prompts.at(undefined)?.nextCursor)?.items).toHaveLength(1);
    expect(lists.prompts.at(foreign)).toBeUndefined();
    expect(lists.tools.at('nonsense')).toBeUndefined();
    expect(lists.tools.at('')).toBeUndefined();
    expect(lists.resources.at(undefined)?.items).toHaveLength(2);
    expect(lists.resources.at(undefined)).not.toHaveProperty('nextCursor');
  });

  test('are 1000 items long by default', async () => {
    class Many {}
    for (let index = 0; index < 1001; index++) {
      Object.defineProperty(Many.prototype, `t${index}`, { value: () => index });
      Tool()(Many.prototype, `t${index}`, {});
    }
    Server({ name: 'a', version: '1.0.0' })(Many);
    const { lists } = await buildCatalog(new Many());
    const page = lists.tools.at(undefined);
    expect(page?.items).toHaveLength(1000);
    expect(lists.tools.at(page?.nextCursor)?.items).toHaveLength(1);
  });
});
