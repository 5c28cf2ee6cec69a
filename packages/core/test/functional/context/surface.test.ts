import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  Complete,
  Context,
  createParamDecorator,
  Ctx,
  McpServer,
  Param,
  Prompt,
  Resource,
  type RunningServer,
  runWithContext,
  Server,
  Tool,
} from '@reprise/core';
import { accept, bothEras, clientKinds, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const logger = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const ClientName = createParamDecorator((ctx) => ctx.clientId);
let kept: Context | undefined;
let server_: RunningServer | undefined;

@Server({ name: 'desk', version: '1', pageSize: 3 })
class Desk extends McpServer {
  readonly motto = 'always open';

  @Tool()
  about(@Ctx() ctx: Context) {
    server_ = ctx.server;
    return {
      clientId: ctx.clientId,
      version: ctx.protocolVersion,
      era: ctx.era,
      transport: ctx.transport,
      session: ctx.sessionId,
      id: ctx.requestId,
      principal: ctx.principal,
      http: ctx.http?.url,
      forms: ctx.client.supports('elicitation.form'),
      urls: ctx.client.supports('elicitation.url'),
      sampling: ctx.client.supports('sampling'),
      roots: ctx.client.supports('roots'),
    };
  }

  @Tool()
  request(@Arg('word') word: string, @Ctx() ctx: Context) {
    const { sdk, ...rest } = ctx.request;
    return {
      word,
      rest,
      printed: JSON.stringify(ctx.request),
      sdkId: sdk?.mcpReq.id ?? ctx.request.sdk.mcpReq.id,
    };
  }

  @Tool()
  async rounds(@Ctx() ctx: Context) {
    await ctx.confirm('one?');
    await ctx.confirm('two?');
    return String(ctx.request.round);
  }

  @Tool()
  async nests(@Ctx() ctx: Context) {
    const inner = await ctx.callTool('request', { word: 'inner' });
    return { inner: inner.structuredContent, outer: ctx.request.name };
  }

  @Tool()
  async escapes(@Ctx() ctx: Context) {
    const version = ctx.client.sdk.getNegotiatedProtocolVersion() ?? '';
    return { printed: JSON.stringify(ctx.client), version: version || ctx.request.sdk.mcpReq.method };
  }

  @Tool()
  async lists(@Ctx() ctx: Context) {
    return {
      tools: (await ctx.listTools()).map(({ name }) => name),
      resources: (await ctx.listResources()).map(({ uri }) => uri),
      templates: (await ctx.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate),
      prompts: (await ctx.listPrompts()).map(({ name }) => name),
    };
  }

  @Tool()
  async misspelt(@Ctx() ctx: Context) {
    const failures = await Promise.allSettled([
      ctx.callTool('abuot'),
      ctx.readResource('desk://welcom'),
      ctx.getPrompt('greting'),
    ]);
    return failures.map((end) => (end.status === 'rejected' ? String(end.reason) : 'worked'));
  }

  @Tool()
  keep(@Ctx() ctx: Context) {
    kept = ctx;
    return 'kept';
  }

  @Tool()
  async below(@Arg('word') word: string, @Arg('ms') ms: number, @Ctx() ctx: Context) {
    ctx.state.set('word', word);
    const read = () => Context.current()?.state.get('word');
    await delay(ms);
    const inTimer = await new Promise((resolve) => setTimeout(() => resolve(read()), ms));
    const inSubTask = await Promise.all([delay(ms).then(read), (async () => (await delay(1), read()))()]);
    return [read(), inTimer, ...inSubTask].join(' ');
  }

  @Tool()
  async elsewhere(@Ctx() ctx: Context) {
    const inside = () => Context.current()?.requestId === ctx.requestId;
    const lost = await new Promise((resolve) => otherWorld.push(() => resolve(inside())));
    const kept = await new Promise((resolve) =>
      otherWorld.push(() => resolve(runWithContext(ctx, () => inside()))),
    );
    return { lost, kept };
  }

  @Tool()
  async client(@ClientName() name: string) {
    return name;
  }

  @Resource('desk://welcome') welcome(@Ctx() ctx: Context) {
    return `${ctx.request.method} ${ctx.request.uri}`;
  }
  @Resource('desk://room/{name}') room(@Param('name') _name: string, @Ctx() ctx: Context) {
    return `${ctx.request.method} ${ctx.request.uri}`;
  }
  @Prompt() greeting(@Arg('to') to: string, @Ctx() ctx: Context) {
    return `${ctx.request.method} ${ctx.request.name} ${JSON.stringify(ctx.request.arguments)} ${to}`;
  }
  @Complete({ prompt: 'greeting', argument: 'to' })
  people(@Ctx() ctx: Context) {
    return [`${ctx.request.method} ${ctx.request.name}`];
  }
}

/** Runs what was pushed in a place that belongs to no call. */
const otherWorld: (() => void)[] = [];
setInterval(() => otherWorld.splice(0).forEach((job) => job()), 5).unref();

async function desk() {
  const server = new Desk({ logger });
  const running = await start(server);
  ended.push(() => running.stop());
  return { server, ...running };
}

const auth = {
  token: 'secret-token',
  clientId: 'client-7',
  scopes: ['read', 'write'],
  extra: { sub: 'ada', iss: 'https://id.example', plan: 'gold' },
};

describe.each(bothEras)('%s', (kind) => {
  test('ctx.server is the running server', async () => {
    const { server, connect } = await desk();
    await (await connect(kind)).call('about');
    expect(server_).toBe(server);
    expect((server_ as Desk).motto).toBe('always open');
  });

  test('ctx.clientId is the declared name, or the OAuth client; ctx.principal never holds the token', async () => {
    const { connect } = await desk();
    const anonymous = (await (await connect(kind)).call('about')).structuredContent;
    expect(anonymous).toMatchObject({ clientId: kind });
    expect(anonymous).not.toHaveProperty('principal');
    const known = (await (await connect(kind, { auth })).call('about')).structuredContent;
    expect(known).toMatchObject({
      clientId: 'client-7',
      principal: {
        id: '["https://id.example","client-7","ada"]',
        subject: 'ada',
        clientId: 'client-7',
        scopes: ['read', 'write'],
        claims: { plan: 'gold' },
      },
    });
    expect(JSON.stringify(known)).not.toContain('secret-token');
  });

  test('ctx.protocolVersion, ctx.era, ctx.transport, ctx.http', async () => {
    const { connect } = await desk();
    const { structuredContent } = await (await connect(kind)).call('about');
    const legacy = { era: 'legacy', version: '2025-11-25' };
    expect(structuredContent).toMatchObject({
      ...(kind === 'v2-modern' ? { era: 'modern', version: '2026-07-28' } : legacy),
      transport: 'memory',
    });
    expect(structuredContent).not.toHaveProperty('http');
  });

  test('ctx.sessionId: one per connection in the legacy era, none in the modern one', async () => {
    const { connect } = await desk();
    const [one, two] = [await connect(kind), await connect(kind)];
    const session = async ({ call }: typeof one) =>
      ((await call('about')).structuredContent as { session?: string }).session;
    const first = await session(one);
    if (kind === 'v2-modern') return expect(first).toBeUndefined();
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(await session(one)).toBe(first);
    expect(await session(two)).not.toBe(first);
  });

  test('ctx.client.supports', async () => {
    const { connect } = await desk();
    const all = await connect(kind);
    expect((await all.call('about')).structuredContent).toMatchObject({
      ...{ forms: true, urls: true, sampling: true, roots: true },
    });
    const few = await connect(kind, { capabilities: { elicitation: {} } });
    expect((await few.call('about')).structuredContent).toMatchObject({
      ...{ forms: true, urls: false, sampling: false, roots: false },
    });
  });

  test('ctx.request of a tool: method, name, arguments, _meta, progress token, round; the SDK behind it does not print', async () => {
    const { connect } = await desk();
    const { client } = await connect(kind);
    const { structuredContent } = await client.callTool(
      { name: 'request', arguments: { word: 'hi' }, _meta: { 'example.org/trace': 7 } },
      { onprogress: () => {} },
    );
    const { rest, sdkId, printed } = structuredContent as {
      rest: Record<string, unknown>;
      sdkId: unknown;
      printed: string;
    };
    expect(rest).toMatchObject({
      method: 'tools/call',
      name: 'request',
      arguments: { word: 'hi' },
      meta: { 'example.org/trace': 7 },
      round: 1,
    });
    expect(rest['progressToken']).toBeDefined();
    expect(sdkId).toBeDefined();
    expect(Object.keys(JSON.parse(printed) as object)).not.toContain('sdk');
  });

  test('ctx.request of a nested call is that of the nested call', async () => {
    const { connect } = await desk();
    const answer = await (await connect(kind)).call('nests', {}, { onprogress: () => {} });
    const { inner, outer } = answer.structuredContent as {
      inner: { rest: Record<string, unknown> };
      outer: string;
    };
    expect(inner.rest).toMatchObject({ name: 'request', arguments: { word: 'inner' } });
    expect(inner.rest).not.toHaveProperty('progressToken');
    expect(outer).toBe('nests');
  });

  test('ctx.request of resources, templates, prompts and completions', async () => {
    const { connect } = await desk();
    const { client } = await connect(kind);
    const read = async (uri: string) => (await client.readResource({ uri })).contents[0];
    expect(await read('desk://welcome')).toMatchObject({ text: 'resources/read desk://welcome' });
    expect(await read('desk://room/12')).toMatchObject({ text: 'resources/read desk://room/12' });
    const { messages } = await client.getPrompt({ name: 'greeting', arguments: { to: 'Ada' } });
    expect(messages[0]?.content).toMatchObject({ text: 'prompts/get greeting {"to":"Ada"} Ada' });
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'greeting' },
      argument: { name: 'to', value: '' },
    });
    expect(completion.values).toEqual(['completion/complete greeting']);
  });

  test('ctx.request.round counts how often the client came back', async () => {
    const { connect } = await desk();
    const { call } = await connect(kind, { user: () => accept() });
    expect(textOf(await call('rounds'))).toBe(kind === 'v2-modern' ? '3' : '1');
  });

  test('ctx.client.sdk and ctx.request.sdk are the SDK’s own', async () => {
    const { connect } = await desk();
    const { structuredContent } = await (await connect(kind)).call('escapes');
    const { printed, version } = structuredContent as { printed: string; version: string };
    expect(version).not.toBe('');
    expect(Object.keys(JSON.parse(printed) as object)).toEqual(['info', 'capabilities']);
  });

  test('listTools, listResources, listResourceTemplates, listPrompts: all pages', async () => {
    const { connect } = await desk();
    const { client, call } = await connect(kind);
    const { structuredContent } = await call('lists');
    const lists = structuredContent as Record<string, string[]>;
    const names: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await client.listTools(cursor === undefined ? {} : { cursor });
      names.push(...page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    expect(lists['tools']).toHaveLength(11);
    expect(lists['tools']?.toSorted()).toEqual(names.toSorted());
    expect(lists).toMatchObject({
      resources: ['desk://welcome'],
      templates: ['desk://room/{name}'],
      prompts: ['greeting'],
    });
  });

  test('an unknown name in a nested call is an error with near matches', async () => {
    const { connect } = await desk();
    const { content } = await (await connect(kind)).call('misspelt');
    const text = content.map((block) => block.text).join('\n');
    expect(text).toContain('"about\\"');
    expect(text).toContain('"desk://welcome\\"');
    expect(text).toContain('"greeting\\"');
  });

  test('Context.current() is right for concurrent calls, in timers and in sub-tasks', async () => {
    const { connect } = await desk();
    const clients = await Promise.all(Array.from({ length: 5 }, () => connect(kind)));
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`);
    const answers = await Promise.all(
      words.map(async (word, index) =>
        textOf(await clients[index % 5]!.call('below', { word, ms: (index * 7) % 11 })),
      ),
    );
    expect(answers).toEqual(words.map((word) => `${word} ${word} ${word} ${word}`));
    expect(Context.current()).toBeUndefined();
  });

  test('runWithContext gives a foreign callback the Context that it lost', async () => {
    const { connect } = await desk();
    const { structuredContent } = await (await connect(kind)).call('elsewhere');
    expect(structuredContent).toEqual({ lost: false, kept: true });
  });

  test('a Context kept longer than its request says so, and never throws for logs and progress', async () => {
    const { connect } = await desk();
    const { call, logs } = await connect(kind);
    await call('keep', {}, { onprogress: () => {} });
    const ctx = kept!;
    const outside = expect.objectContaining({
      code: 'OUTSIDE_REQUEST',
      where: 'Desk.keep',
      message: expect.stringContaining('after its request had ended'),
    });
    for (const use of [
      () => ctx.request,
      () => ctx.state,
      () => ctx.session,
      () => ctx.notifyToolsChanged(),
      () => ctx.notifyResourceUpdated('desk://welcome'),
    ])
      expect(thrownBy(use)).toEqual(outside);
    for (const use of [
      () => ctx.confirm('still there?'),
      () => ctx.sample('still there?'),
      () => ctx.listRoots(),
      () => ctx.step('late', () => 1),
      () => ctx.callTool('about'),
      () => ctx.listTools(),
    ])
      await expect(use()).rejects.toEqual(outside);
    await ctx.reportProgress(1);
    await ctx.info('late');
    expect(ctx.requestId).toBeDefined();
    await delay(10);
    expect(logs).toEqual([]);
    expect(logger.lines.at(-1)).toMatchObject({ fields: { data: 'late' } });
  });
});

test.each(clientKinds)('%s: a parameter decorator sees the Context', async (kind) => {
  const { connect } = await desk();
  expect(textOf(await (await connect(kind)).call('client'))).toBe(kind);
});

function thrownBy(use: () => unknown): unknown {
  try {
    return use();
  } catch (thrown) {
    return thrown;
  }
}
