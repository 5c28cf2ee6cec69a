import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  Args,
  Context,
  createParamDecorator,
  Ctx,
  McpServer,
  type McpServerOptions,
  Prompt,
  Server,
  Signal,
  Tool,
} from '@reprise/core';
import { IsInt, IsString } from 'class-validator';
import { bothEras, type ClientKind, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const logger = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function connectTo(Class: new (options?: McpServerOptions) => McpServer, kind: ClientKind) {
  const running = await start(new Class({ logger }));
  ended.push(() => running.stop());
  return running.connect(kind);
}

class Trip {
  @IsString() to!: string;
  @IsInt() nights!: number;
}

const Caller = createParamDecorator((ctx) => ctx.clientId);
const isContext = (value: unknown) => value instanceof Context;

/** Another framework's decorator: puts a function of its own in the place of the method. */
function Loud(_target: object, _key: string | symbol, descriptor: PropertyDescriptor): void {
  const inner = descriptor.value as (...args: unknown[]) => unknown;
  descriptor.value = function (this: unknown, ...args: unknown[]) {
    return `${String(inner.apply(this, args))}!`;
  };
}

@Server({ name: 'base', version: '1' })
class Base extends McpServer {
  protected readonly greeting: string = 'base';

  @Tool() first(@Ctx() ctx: Context, @Args() trip: Trip) {
    return `${isContext(ctx)} ${trip instanceof Trip} ${trip.to} ${trip.nights}`;
  }
  @Tool() middle(
    @Arg('a') a: string,
    @Ctx() ctx: Context,
    @Arg('b') b: number,
    @Signal() signal: AbortSignal,
  ) {
    return `${a} ${isContext(ctx)} ${b} ${signal instanceof AbortSignal}`;
  }
  @Tool() last(@Args() trip: Trip, @Caller() who: string, @Ctx() ctx: Context) {
    return `${trip.to} ${who} ${isContext(ctx)}`;
  }
  @Tool() several(@Ctx() one: Context, @Arg('a') a: string, @Ctx() two: Context) {
    return `${one === two} ${a}`;
  }
  @Tool() undecorated(@Arg('a') a: string, ctx: Context) {
    return `${a} ${isContext(ctx)}`;
  }
  @Tool() inherited(@Arg('a') a: string, @Ctx() ctx: Context) {
    return `${this.greeting} ${a} ${isContext(ctx)}`;
  }
  @Tool({ description: 'of the base' }) kept(@Arg('a') a: string, @Ctx() ctx: Context) {
    return `base ${a} ${isContext(ctx)}`;
  }
  @Tool({ description: 'of the base' }) replaced(@Arg('a') a: string, @Ctx() _ctx: Context) {
    return `base ${a}`;
  }
  @Tool() @Loud wrapped(@Arg('a') a: string, @Ctx() ctx: Context) {
    return `${a} ${isContext(ctx)}`;
  }
  @Prompt() ask(@Arg('topic') topic: string, @Ctx() ctx: Context) {
    return `${topic} ${isContext(ctx)}`;
  }
}

@Server({ name: 'derived', version: '1' })
class Derived extends Base {
  protected override readonly greeting = 'derived';

  /** Without a decorator: the base's declaration and parameters stay. */
  override kept(a: string, ctx: Context) {
    return `derived ${a} ${isContext(ctx)}`;
  }
  @Tool({ description: 'of the derived' }) override replaced(@Arg('b') b: string, @Ctx() ctx: Context) {
    return `derived ${b} ${isContext(ctx)}`;
  }
}

describe.each(bothEras)('%s', (kind) => {
  test('any order of parameters, user arguments validated beside injected ones', async () => {
    const { call } = await connectTo(Base, kind);
    const trip = { to: 'Oslo', nights: 2 };
    expect(textOf(await call('first', trip))).toBe('true true Oslo 2');
    expect(textOf(await call('middle', { a: 'x', b: 3 }))).toBe('x true 3 true');
    expect(textOf(await call('last', trip))).toBe(`Oslo ${kind} true`);
    const refused = await call('middle', { a: 'x', b: 'three' });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toContain('- b: ');
    expect(textOf(await call('first', { to: 1, nights: 1.5 }))).toMatch(/- to: .*\n- nights: /);
  });

  test('several @Ctx get the same Context; a parameter of type Context needs no decorator', async () => {
    const { call } = await connectTo(Base, kind);
    expect(textOf(await call('several', { a: 'x' }))).toBe('true x');
    expect(textOf(await call('undecorated', { a: 'x' }))).toBe('x true');
  });

  test('injected parameters are absent from the published schema', async () => {
    const { client } = await connectTo(Base, kind);
    const { tools } = await client.listTools();
    const properties = (name: string) =>
      Object.keys(tools.find((tool) => tool.name === name)?.inputSchema.properties ?? {});
    expect(properties('middle')).toEqual(['a', 'b']);
    expect(properties('last')).toEqual(['to', 'nights']);
    expect(properties('several')).toEqual(['a']);
    expect(properties('undecorated')).toEqual(['a']);
    const { prompts } = await client.listPrompts();
    expect(prompts[0]?.arguments?.map(({ name }) => name)).toEqual(['topic']);
  });

  test('inherited methods with their parameters', async () => {
    const { call } = await connectTo(Derived, kind);
    expect(textOf(await call('inherited', { a: 'x' }))).toBe('derived x true');
    expect(textOf(await call('undecorated', { a: 'x' }))).toBe('x true');
  });

  test('an override keeps the record of its base, or replaces it', async () => {
    const { call, client } = await connectTo(Derived, kind);
    expect(textOf(await call('kept', { a: 'x' }))).toBe('derived x true');
    expect(textOf(await call('replaced', { b: 'x' }))).toBe('derived x true');
    expect((await call('replaced', { a: 'x' })).isError).toBe(true);
    const { tools } = await client.listTools();
    const described = (name: string) => tools.find((tool) => tool.name === name)?.description;
    expect([described('kept'), described('replaced')]).toEqual(['of the base', 'of the derived']);
    const base = await connectTo(Base, kind);
    expect(textOf(await base.call('replaced', { a: 'x' }))).toBe('base x');
  });

  test('a method wrapped by another decorator works', async () => {
    const { call } = await connectTo(Base, kind);
    expect(textOf(await call('wrapped', { a: 'x' }))).toBe('x true!');
  });

  test('a caller that names an injected parameter is refused by tools', async () => {
    const { call } = await connectTo(Base, kind);
    for (const name of ['ctx', 'signal', 'context']) {
      const refused = await call('middle', { a: 'x', b: 1, [name]: { requestId: 'forged' } });
      expect(refused.isError).toBe(true);
      expect(textOf(refused)).toContain(`- ${name}: `);
    }
  });

  test('a caller that names an injected parameter is ignored by prompts', async () => {
    const { client } = await connectTo(Base, kind);
    const { messages } = await client.getPrompt({ name: 'ask', arguments: { topic: 'x', ctx: 'forged' } });
    expect(messages[0]?.content).toMatchObject({ text: 'x true' });
  });
});

describe.each(bothEras)('%s: in one process', (kind) => {
  @Server({ name: 'counter', version: '1' })
  class Counter extends McpServer {
    private count = 0;
    @Tool() next(@Ctx() ctx: Context) {
      return `${++this.count} ${ctx.server === this}`;
    }
  }

  @Server({ name: 'other', version: '1' })
  class Other extends McpServer {
    @Tool() next(@Ctx() ctx: Context) {
      return `other ${ctx.server === this}`;
    }
  }

  test('the same class served twice shares nothing', async () => {
    const [one, two] = [await connectTo(Counter, kind), await connectTo(Counter, kind)];
    expect(textOf(await one.call('next'))).toBe('1 true');
    expect(textOf(await one.call('next'))).toBe('2 true');
    expect(textOf(await two.call('next'))).toBe('1 true');
  });

  test('two servers share nothing', async () => {
    const [one, two] = [await connectTo(Counter, kind), await connectTo(Other, kind)];
    const answers = await Promise.all([one.call('next'), two.call('next'), one.call('next')]);
    expect(answers.map(textOf)).toEqual(['1 true', 'other true', '2 true']);
  });
});
