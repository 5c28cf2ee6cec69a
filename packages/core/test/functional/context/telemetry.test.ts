import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  Arg,
  Context,
  Ctx,
  McpServer,
  type McpServerOptions,
  Param,
  Prompt,
  Resource,
  Server,
  Tool,
  ToolError,
} from '@reprise/core';
import { built } from '../../architecture/public-entries.js';
import { root } from '../../architecture/source-files.js';
import { accept, bothEras, type ClientKind, type Options, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { RecordedTelemetry } from '../../support/recorded-telemetry.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
const traced = { traceparent: `00-${traceId}-${parentId}-01` };

const log = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
let telemetry: RecordedTelemetry;

beforeEach(() => {
  log.lines.length = 0;
  telemetry = new RecordedTelemetry().install();
});
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  telemetry.uninstall();
});

@Server({ name: 'traced', version: '1' })
class Traced extends McpServer {
  @Tool() plain(@Ctx() ctx: Context) {
    return JSON.stringify(ctx.trace ?? null);
  }

  @Tool() async books(@Ctx() ctx: Context) {
    await ctx.step('hold', () => trace.getTracer('airline').startSpan('POST /holds').end());
    const sure = await ctx.confirm('sure?');
    const { text } = await ctx.sample('a wish');
    await ctx.step('book', () => 'booked');
    return `${sure} ${text}`;
  }

  @Tool() async below(@Ctx() ctx: Context) {
    const span = trace.getTracer('app').startSpan('own work');
    span.end();
    return ctx.callTool('plain');
  }

  @Tool() async logs(@Ctx() ctx: Context) {
    await ctx.info('one');
    await ctx.warning('two', { logger: 'desk' });
  }

  @Tool() changes(@Ctx() ctx: Context) {
    ctx.notifyToolsChanged();
    ctx.notifyResourceUpdated('city://rome');
  }

  @Tool() async fails(@Arg('how') how: string, @Ctx() ctx: Context) {
    if (how === 'refuses') throw new ToolError('no room, password=hunter2');
    if (how === 'step') await ctx.step('breaks', () => Promise.reject(new RangeError('broken')));
    if (how === 'recovers')
      await ctx.step('breaks', () => Promise.reject(new RangeError('broken'))).catch(() => {});
    if (how === 'recovers') return 'fine';
    throw new TypeError('oops');
  }

  @Tool() async waits(@Ctx() ctx: Context) {
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
  }

  @Resource('city://{name}') city(@Param('name') name: string) {
    return name;
  }

  @Prompt() greet() {
    return 'Hello';
  }
}

async function open(kind: ClientKind, options: Options = {}, own: McpServerOptions = {}) {
  const server = new Traced({ logger: log, state: { keys: ['k'.repeat(32)] }, ...own });
  const running = await start(server);
  ended.push(() => running.stop());
  const connected = await running.connect(kind, options);
  const call = (name: string, args = {}, meta = {}) =>
    connected.client.callTool({ name, arguments: args, _meta: meta }) as ReturnType<typeof connected.call>;
  return { ...connected, call, running };
}

describe.each(bothEras)('spans, %s client', (kind) => {
  const isModern = kind === 'v2-modern';

  test('one per request, below the span that _meta names', async () => {
    const { call } = await open(kind);
    await call('plain', {}, traced);
    const span = telemetry.span('tools/call plain');
    expect(span).toMatchObject({ traceId, parentId, kind: SpanKind.SERVER, hasEnded: true, status: 0 });
    expect(span.attributes).toMatchObject({
      'mcp.method.name': 'tools/call',
      'gen_ai.tool.name': 'plain',
      'mcp.era': isModern ? 'modern' : 'legacy',
      'mcp.transport': 'memory',
      'mcp.protocol.version': isModern ? '2026-07-28' : '2025-11-25',
      'reprise.outcome': 'ok',
      'reprise.round': 1,
    });
    expect(span.attributes).toHaveProperty(['jsonrpc.request.id']);
  });

  test('lists, resources and prompts are requests, too; a template is one name for all its resources', async () => {
    const { client } = await open(kind);
    await client.listTools();
    await client.readResource({ uri: 'city://rome' });
    await client.getPrompt({ name: 'greet' });
    expect(telemetry.span('tools/list').hasEnded).toBe(true);
    const { attributes } = telemetry.span('resources/read city://{name}');
    expect(attributes['mcp.resource.uri']).toBe('city://rome');
    expect(telemetry.span('prompts/get greet').attributes['gen_ai.prompt.name']).toBe('greet');
  });

  test('steps, questions and samplings are children; a step runs, and shows, once', async () => {
    const { call } = await open(kind, { user: () => accept() });
    expect(textOf(await call('books', {}, traced))).toBe('true sampled');
    const rounds = telemetry.spans.filter(({ name }) => name === 'tools/call books');
    expect(rounds.map((round) => telemetry.childrenOf(round))).toEqual(
      isModern
        ? [['step hold', 'elicitation/create'], ['sampling/createMessage'], ['step book']]
        : [['step hold', 'elicitation/create', 'sampling/createMessage', 'step book']],
    );
    expect(rounds.map(({ attributes }) => attributes['reprise.outcome'])).toEqual(
      isModern ? ['suspended', 'suspended', 'ok'] : ['ok'],
    );
    expect(telemetry.childrenOf(telemetry.span('step hold'))).toEqual(['POST /holds']);
    expect(new Set(telemetry.spans.slice(1).map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(telemetry.spans.every(({ hasEnded }) => hasEnded)).toBe(true);
    const question = telemetry.span('elicitation/create');
    expect(question.kind).toBe(SpanKind.CLIENT);
    // modern: the answer comes with the next round
    const answer = isModern ? rounds[1]?.events[0] : question;
    expect(answer?.attributes['mcp.elicit.action']).toBe('accept');
  });

  test('what a handler begins is below its request', async () => {
    const { call } = await open(kind);
    await call('below');
    expect(telemetry.childrenOf(telemetry.span('tools/call below'))).toEqual(['own work']);
  });

  test('the flush of notices has an event for each', async () => {
    const { call } = await open(kind);
    await call('changes', {}, traced);
    await delay(20);
    const flush = telemetry.span('flush notices');
    expect(flush.parentId).toBe(telemetry.span('tools/call changes').spanId);
    expect(flush.events.map(({ name }) => name)).toEqual(['tools_list_changed', 'resource_updated']);
    expect(telemetry.measured('context.notifications.flush_duration_ms')).toHaveLength(1);
    expect(telemetry.measured('context.notifications.flush_failures_total')).toEqual([]);
  });

  test('a failed call records its error once, without its secrets', async () => {
    const { call } = await open(kind);
    const exceptions = () =>
      telemetry.spans.flatMap(({ name, events }) =>
        events.flatMap((event) => (event.name === 'exception' ? [[name, event.attributes['message']]] : [])),
      );
    await call('fails', { how: 'throws' });
    expect(exceptions()).toEqual([['tools/call fails', 'oops']]);
    expect(telemetry.span('tools/call fails')).toMatchObject({
      status: SpanStatusCode.ERROR,
      attributes: { 'reprise.outcome': 'tool_error', 'error.type': 'TypeError' },
    });
    telemetry.spans.length = 0;
    await call('fails', { how: 'refuses' });
    expect(exceptions()).toEqual([['tools/call fails', 'no room, password=[redacted]']]);
    expect(telemetry.span('tools/call fails').attributes['error.type']).toBe('TOOL_ERROR');
    telemetry.spans.length = 0;
    await call('fails', { how: 'step' });
    expect(exceptions()).toEqual([['tools/call fails', 'broken']]);
    expect(telemetry.span('step breaks').status).toBe(SpanStatusCode.ERROR);
  });

  test('what a handler got over does not fail the call', async () => {
    const { call } = await open(kind);
    await call('fails', { how: 'recovers' });
    expect(telemetry.span('tools/call fails')).toMatchObject({ status: 0, events: [] });
  });

  test('a cancelled call says so', async () => {
    const { client } = await open(kind);
    const gone = new AbortController();
    const calling = client.callTool({ name: 'waits', arguments: {} }, { signal: gone.signal });
    await delay(20);
    gone.abort('enough');
    await expect(calling).rejects.toThrow();
    await delay(20);
    expect(telemetry.span('tools/call waits').attributes['reprise.outcome']).toBe('cancelled');
  });

  test('ctx.trace: the span of the request', async () => {
    const { call } = await open(kind);
    const ids = JSON.parse(textOf(await call('plain', {}, traced)));
    expect(ids).toEqual({ traceId, spanId: telemetry.span('tools/call plain').spanId });
  });

  test('ctx.trace without an SDK: that of the caller, if it has one', async () => {
    telemetry.uninstall();
    delete (globalThis as Record<symbol, unknown>)[Symbol.for('opentelemetry.js.api.1')];
    const { call } = await open(kind);
    expect(textOf(await call('plain', {}, traced))).toBe(JSON.stringify({ traceId, spanId: parentId }));
    expect(textOf(await call('plain'))).toBe('null');
    expect(textOf(await call('plain', {}, { traceparent: 'nonsense' }))).toBe('null');
    expect(textOf(await call('plain', {}, { traceparent: `00-${'0'.repeat(32)}-${parentId}-01` }))).toBe(
      'null',
    );
  });

  test('a _meta of other types than texts harms nobody', async () => {
    const { call } = await open(kind);
    const answer = await call('plain', {}, { traceparent: 5, tracestate: {}, baggage: [7] });
    expect(answer.isError).toBeUndefined();
    expect(telemetry.span('tools/call plain').parentId).toBeUndefined();
  });
});

describe.each(bothEras)('metrics, %s client', (kind) => {
  const isModern = kind === 'v2-modern';
  const era = isModern ? 'modern' : 'legacy';
  const labelsOf = (name: string) => telemetry.measured(name).map(({ attributes }) => attributes);

  test('mcp.request.duration_ms by method, name, era and outcome', async () => {
    const { call, client } = await open(kind);
    await call('plain');
    await call('fails', { how: 'refuses' });
    await client.listTools();
    expect(labelsOf('mcp.request.duration_ms')).toEqual([
      { method: 'tools/call', name: 'plain', era, outcome: 'ok' },
      { method: 'tools/call', name: 'fails', era, outcome: 'tool_error' },
      { method: 'tools/list', era, outcome: 'ok' },
    ]);
    for (const { value } of telemetry.measured('mcp.request.duration_ms')) expect(value).toBeGreaterThan(0);
  });

  test('a name that clients make up is no label', async () => {
    const { call, client } = await open(kind);
    await expect(call('plane')).rejects.toThrow('plain');
    await expect(client.readResource({ uri: 'town://x' })).rejects.toThrow();
    expect(labelsOf('mcp.request.duration_ms')).toEqual([
      { method: 'tools/call', era, outcome: 'error' },
      { method: 'resources/read', era, outcome: 'error' },
    ]);
    expect(telemetry.span('tools/call').attributes['rpc.response.status_code']).toBe('-32602');
  });

  test('mcp.rounds_per_call, mcp.elicit.latency_ms by action, mcp.sampling.latency_ms', async () => {
    const slowly = async () => {
      await delay(30);
      return { action: 'decline' as const };
    };
    const { call } = await open(kind, { user: slowly });
    await call('books');
    expect(telemetry.measured('mcp.rounds_per_call')).toEqual([
      {
        name: 'mcp.rounds_per_call',
        value: isModern ? 3 : 1,
        attributes: { method: 'tools/call', name: 'books', era },
      },
    ]);
    const [elicit, ...more] = telemetry.measured('mcp.elicit.latency_ms');
    expect(more).toEqual([]);
    expect(elicit?.attributes).toEqual({ action: 'decline' });
    expect(elicit?.value).toBeGreaterThanOrEqual(28);
    expect(telemetry.measured('mcp.sampling.latency_ms')).toHaveLength(1);
  });

  test('a model of the server’s own is measured as well, once', async () => {
    const handler = async () => ({ text: 'mine', model: 'own' });
    const { call } = await open(kind, {}, { sampling: { handler, when: 'always' } });
    expect(textOf(await call('books'))).toBe('true mine');
    expect(telemetry.measured('mcp.sampling.latency_ms')).toHaveLength(1);
    expect(telemetry.span('sampling/createMessage').hasEnded).toBe(true);
  });

  test('context.state.size_bytes: what travels through the client', async () => {
    const { call } = await open(kind);
    await call('books');
    const sizes = telemetry.measured('context.state.size_bytes').map(({ value }) => value);
    expect(sizes).toHaveLength(isModern ? 2 : 0);
    for (const size of sizes) expect(size).toBeGreaterThan(100);
  });

  test('mcp.outbound.log_messages_total by level and logger', async () => {
    const { call } = await open(kind);
    await call('logs');
    expect(labelsOf('mcp.outbound.log_messages_total')).toEqual([
      { level: 'info' },
      { level: 'warning', logger: 'desk' },
    ]);
  });
});

test('the build of the catalog at the start is a span', async () => {
  await open('v2-legacy');
  expect(telemetry.span('build catalog')).toMatchObject({
    hasEnded: true,
    status: 0,
    attributes: { 'reprise.server': 'Traced' },
  });
});

test('a flush that fails is counted, and its span says so', async () => {
  const { call, running } = await open('v2-legacy');
  const deaf = running.raw();
  await deaf.start();
  await deaf.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'deaf', version: '1' } },
  });
  await deaf.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  await delay(20);
  deaf.onmessage = () => {
    throw new Error('deaf');
  };
  await call('changes');
  await delay(20);
  expect(telemetry.measured('context.notifications.flush_failures_total')).toHaveLength(1);
  expect(telemetry.span('flush notices').status).toBe(SpanStatusCode.ERROR);
});

test('an SDK that comes after the start, or in place of another, is found with the next request', async () => {
  telemetry.uninstall();
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('opentelemetry.js.api.1')];
  const { call } = await open('v2-legacy');
  await call('plain');
  const first = new RecordedTelemetry().install();
  await call('plain');
  await delay(50); // the API is loaded
  await call('plain');
  expect(first.measured('mcp.request.duration_ms')).toHaveLength(1);
  first.uninstall();
  telemetry.install();
  await call('plain');
  expect(first.measured('mcp.request.duration_ms')).toHaveLength(1);
  expect(telemetry.measured('mcp.request.duration_ms')).toHaveLength(1);
});

test('without an SDK the API is not even loaded', () => {
  const core = (file: string) => JSON.stringify(pathToFileURL(built(`packages/core/dist/${file}`)).href);
  const script = `
    import { createRequire } from 'node:module';
    const { McpServer, Server } = await import(${core('index.js')});
    class Bare extends McpServer {}
    Server({ name: 'bare', version: '1' })(Bare);
    const nothing = async () => {};
    const silent = { name: 'memory', address: '', start: nothing, drain: nothing, close: nothing };
    const server = await new Bare({ logger: { log() {} } }).start(silent);
    await server.stop();
    const { cache } = createRequire(import.meta.url);
    console.log(Object.keys(cache).filter((path) => path.includes('opentelemetry')).length);
    await import('@opentelemetry/api');
    console.log(Object.keys(cache).filter((path) => path.includes('opentelemetry')).length > 0);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: '0\ntrue\n', stderr: '' });
});
