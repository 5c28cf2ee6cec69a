import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  Args,
  Complete,
  Context,
  createParamDecorator,
  Ctx,
  McpServer,
  Param,
  Prompt,
  Resource,
  Server,
  Signal,
  Tool,
} from '@reprise/core';
import { IsIn, IsInt, IsString } from 'class-validator';
import { bothEras, clientKinds, start, textOf } from '../support/clients.js';
import { RecordedLog } from '@reprise/testing';

let server: Awaited<ReturnType<typeof start>> | undefined;
afterEach(() => server?.stop());
const logger = new RecordedLog();

class Trip {
  @IsString() to!: string;
  @IsInt() nights!: number;
}
class Tone {
  @IsIn(['dry', 'warm']) tone!: 'dry' | 'warm';
  @IsInt() lines!: number;
}

const Transport = createParamDecorator((ctx: Context) => ctx.transport, 'Transport');

@Server({
  name: 'serving',
  version: '2.1.0',
  title: 'Serving',
  instructions: 'Ask nicely.',
  pageSize: 2,
  cache: { ttlMs: 5000, cacheScope: 'public' },
})
class Serving extends McpServer {
  @Tool({ description: 'all kinds of parameters', annotations: { readOnlyHint: true }, tags: ['x'] })
  async everything(
    @Transport() transport: string,
    @Args() trip: Trip,
    @Signal() signal: AbortSignal,
    @Ctx() ctx: Context,
    @Ctx() same: Context,
  ) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return {
      transport,
      trip,
      isTrip: trip instanceof Trip,
      aborted: signal.aborted,
      same: ctx === same && Context.current() === ctx,
    };
  }

  @Tool() async waits(@Signal() signal: AbortSignal) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    logger.log('info', 'saw the abort');
    return 'too late';
  }

  @Tool() async takes(@Arg('ms') ms: number) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return Context.current()?.requestId;
  }

  @Resource('city://{name}/guide/{page}', { cache: { ttlMs: 10, cacheScope: 'private' } })
  guide(@Param('name') name: string, @Param('page') page: number) {
    return { name, page };
  }

  @Prompt() poem(@Args() { tone, lines }: Tone) {
    return `${lines + 1} ${tone}`;
  }

  @Complete({ prompt: 'poem', argument: 'tone' })
  tones(@Arg() typed: string, @Arg('lines') lines: string) {
    return ['dry', 'warm'].filter((tone) => tone.startsWith(typed)).map((tone) => `${tone}${lines ?? ''}`);
  }
}

test.each(bothEras)('%s: says who it is, what it can, and how to use it', async (kind) => {
  server = await start(new Serving({ logger }));
  const { client } = await server.connect(kind);
  expect(client.getServerVersion()).toMatchObject({ name: 'serving', version: '2.1.0', title: 'Serving' });
  expect(client.getInstructions()).toBe('Ask nicely.');
  expect(client.getServerCapabilities()).toEqual({
    logging: {},
    tools: { listChanged: true },
    resources: { listChanged: true, subscribe: true },
    prompts: { listChanged: true },
    completions: {},
  });
});

test.each(bothEras)('%s: what is not there is not declared', async (kind) => {
  @Server({ name: 'small', version: '1' })
  class Small extends McpServer {
    @Tool() one() {}
  }
  server = await start(new Small({ logger }));
  const { client } = await server.connect(kind);
  expect(client.getServerCapabilities()).toEqual({ logging: {}, tools: { listChanged: true } });
});

test.each(clientKinds)('%s: fills every kind of parameter, also behind timers', async (kind) => {
  server = await start(new Serving({ logger }));
  const { call } = await server.connect(kind);
  const answer = await call('everything', { to: 'Oslo', nights: 3 });
  expect(answer.structuredContent).toEqual({
    transport: 'memory',
    trip: { to: 'Oslo', nights: 3 },
    isTrip: true,
    aborted: false,
    same: true,
  });
});

test.each(bothEras)('%s: lists page by page in a stable order; a foreign cursor is refused', async (kind) => {
  server = await start(new Serving({ logger }));
  const { client } = await server.connect(kind);
  const list = (cursor?: string) =>
    client.request({ method: 'tools/list', params: { ...(cursor && { cursor }) } } as never) as Promise<{
      tools: { name: string }[];
      nextCursor?: string;
    }>;
  const first = await list();
  expect(first.tools.map((tool) => tool.name)).toEqual(['everything', 'waits']);
  const second = await list(first.nextCursor);
  expect(second.tools.map((tool) => tool.name)).toEqual(['takes']);
  expect(second.nextCursor).toBeUndefined();
  await expect(list('bm9uZQ')).rejects.toMatchObject({ code: -32602 });
});

test.each(bothEras)('%s: cache hints are for modern clients only', async (kind) => {
  server = await start(new Serving({ logger }));
  const { client } = await server.connect(kind);
  const tools = await client.request({ method: 'tools/list', params: {} } as never);
  const guide = await client.readResource({ uri: 'city://oslo/guide/2' });
  if (kind === 'v2-modern') {
    expect(tools).toMatchObject({ ttlMs: 5000, cacheScope: 'public' });
    expect(guide).toMatchObject({ ttlMs: 10, cacheScope: 'private' });
  } else {
    for (const answer of [tools, guide]) expect(Object.keys(answer as object)).not.toContain('ttlMs');
  }
});

test.each(bothEras)('%s: template variables arrive decoded and in their type', async (kind) => {
  server = await start(new Serving({ logger }));
  const { client } = await server.connect(kind);
  const { contents } = await client.readResource({ uri: 'city://S%C3%A3o%20Paulo/guide/7' });
  expect(contents[0]).toMatchObject({ text: '{"name":"São Paulo","page":7}' });
  await expect(client.readResource({ uri: 'city://oslo/guide/many' })).rejects.toMatchObject({
    code: -32602,
    data: { uri: 'city://oslo/guide/many' },
  });
});

test.each(bothEras)('%s: prompt arguments are converted by the DTO', async (kind) => {
  server = await start(new Serving({ logger }));
  const { client } = await server.connect(kind);
  const poem = await client.getPrompt({ name: 'poem', arguments: { tone: 'dry', lines: '3' } });
  expect(poem.messages[0]?.content).toMatchObject({ text: '4 dry' });
  await expect(
    client.getPrompt({ name: 'poem', arguments: { tone: 'loud', lines: 'x' } }),
  ).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(/tone.*\n- lines/s),
  });
  await expect(client.getPrompt({ name: 'peom' })).rejects.toMatchObject({
    message: expect.stringContaining('"poem"'),
  });
});

@Complete({ prompt: 'poem', argument: 'lines' })
class LineCounts {
  execute(@Arg() typed: string) {
    return [1, 10, 12].filter((count) => String(count).startsWith(typed));
  }
}

test('a class completes as well', async () => {
  server = await start(new Serving({ logger, components: [LineCounts] }));
  const { client } = await server.connect('v2-modern');
  const ref = { type: 'ref/prompt', name: 'poem' } as const;
  const { completion } = await client.complete({ ref, argument: { name: 'lines', value: '1' } });
  expect(completion.values).toEqual(['1', '10', '12']);
});

test.each(bothEras)('%s: completions know what was typed and what is resolved', async (kind) => {
  server = await start(new Serving({ logger }));
  const { client } = await server.connect(kind);
  const ref = { type: 'ref/prompt', name: 'poem' } as const;
  const typed = await client.complete({
    ref,
    argument: { name: 'tone', value: 'd' },
    context: { arguments: { lines: '2' } },
  });
  expect(typed.completion).toEqual({ values: ['dry2'], total: 1, hasMore: false });
  const none = await client.complete({ ref, argument: { name: 'lines', value: '' } });
  expect(none.completion.values).toEqual([]);
  await expect(
    client.complete({ ref: { ...ref, name: 'x' }, argument: { name: 'a', value: '' } }),
  ).rejects.toMatchObject({ code: -32602 });
});

describe('stopping', () => {
  test.each(bothEras)('%s: waits for running calls, refuses new ones, then closes', async (kind) => {
    const running = await start(new Serving({ logger }));
    const { call } = await running.connect(kind);
    const slow = call('takes', { ms: 80 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const stopping = running.stop();
    await expect(call('takes', { ms: 0 })).rejects.toMatchObject({ code: -32000 });
    expect(textOf(await slow)).toMatch(/^\d+$/);
    await stopping;
  });

  test('aborts what is still running after the grace', async () => {
    logger.lines.length = 0;
    const running = await start(new Serving({ logger, stopGrace: 30 }));
    const { call } = await running.connect('v2-legacy');
    call('waits').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = Date.now();
    await running.stop();
    expect(Date.now() - before).toBeLessThan(2000);
    expect(logger.text('info')).toContain('saw the abort');
  });

  test('a server starts once, and not without a transport', async () => {
    const twice = new Serving({ logger });
    await expect(twice.start()).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    server = await start(twice);
    await expect(start(twice)).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });

  test('a tool cannot take the place of a method of every server', async () => {
    @Server({ name: 'taken', version: '1' })
    class Taken extends McpServer {
      @Tool() override async stop() {}
    }
    await expect(start(new Taken({ logger }))).rejects.toThrow(
      /INVALID_NAME {2}Taken.stop: stop\(\) is a method of every server.*@Tool\({ name: 'stop' }\)/,
    );
  });

  test('a short state key is found at start-up', async () => {
    await expect(start(new Serving({ logger, state: { keys: ['short'] } }))).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
  });
});
