import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  Context,
  Ctx,
  McpServer,
  type McpServerOptions,
  type Middleware,
  Prompt,
  Server,
  Tool,
  Use,
} from '@reprise/core';
import { accept, bothEras, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Set by a middleware, read by a handler. */
const greets: Middleware = (ctx, next) => {
  ctx.state.set('greeting', 'Hello');
  return next();
};

/** What the handlers did, one line for each. */
let did: string[] = [];

@Server({ name: 'lab', version: '1' })
class Lab extends McpServer {
  @Tool() async random(@Ctx() ctx: Context) {
    await ctx.step('pay', () => void did.push('pay'));
    return String(await ctx.confirm(`Ticket ${randomUUID()}?`));
  }

  @Tool() async clock(@Ctx() ctx: Context) {
    const { data } = await ctx.elicit(`It is ${performance.now()}. Your name?`, String, { required: true });
    return data;
  }

  @Tool() async choices(@Ctx() ctx: Context) {
    const { data } = await ctx.elicit('Which?', [randomUUID(), 'none'], { required: true });
    return data;
  }

  @Tool() async firstTimeOnly(@Ctx() ctx: Context) {
    did.push('looked');
    return did.filter((line) => line === 'looked').length === 2 ? 'over' : String(await ctx.confirm('Sure?'));
  }

  @Tool() async throws(@Ctx() ctx: Context) {
    did.push('looked');
    if (did.length === 2) throw new Error('locked');
    return String(await ctx.confirm('Sure?'));
  }

  @Tool() async otherStep(@Ctx() ctx: Context) {
    did.push('looked');
    await ctx.step(`step ${did.length}`, () => void did.push('step'));
    return String(await ctx.confirm('Sure?'));
  }

  @Prompt() async letter(@Ctx() ctx: Context) {
    return String(await ctx.confirm(`Letter ${randomUUID()}?`));
  }

  /** Everything that must not happen twice, or must not disturb. */
  @Use(greets)
  @Tool()
  async sound(@Arg('name') name: string, @Ctx() ctx: Context) {
    const own = ctx.state.get<string>('own') ?? 'unset';
    ctx.state.set('own', 'set');
    const id = await ctx.step('id', () => (did.push('step'), randomUUID()));
    const failed = await ctx.step('fail', () => (did.push('failing step'), fail())).catch(() => 'failed');
    await ctx.info('a log line');
    await ctx.reportProgress(1, 2, 'half');
    ctx.notifyToolsChanged();
    did.push(`played for ${ctx.state.get<string>('greeting')}, ${own}, round ${ctx.request.round}`);
    const [left, right] = await Promise.all([
      ctx.confirm(`${name}, left of ${id}?`),
      delay(20).then(() => ctx.confirm('Right, later?')),
      ctx.callTool('nested'),
    ]);
    return `${left} ${right} ${failed}`;
  }

  @Tool() async nested(@Ctx() ctx: Context) {
    await ctx.step('id', () => void did.push('nested step'));
    return String(await ctx.confirm('Nested?'));
  }

  @Tool() async talks(@Ctx() ctx: Context) {
    await ctx.info('a log line');
    await ctx.reportProgress(1, 2, 'half');
    await ctx.callTool('refuses').catch(() => {});
    return String(await ctx.confirm('Sure?'));
  }

  @Tool() refuses() {
    throw new Error('an internal error');
  }

  @Tool() quiet() {
    did.push('played');
    return 'quiet';
  }

  @Tool() async hangs(@Ctx() ctx: Context) {
    did.push('played');
    if (did.length === 2) {
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
      did.push('aborted');
    }
    return String(await ctx.confirm('Sure?'));
  }
}

function fail(): string {
  throw new Error('no');
}

async function open(options: McpServerOptions = {}) {
  did = [];
  const log = new RecordedLog();
  const server = await start(new Lab({ logger: log, devCheck: true, ...options }));
  ends.push(() => server.stop());
  return { server, log, warnings: () => log.lines.filter(({ message }) => message.includes('played again')) };
}

/** Calls a tool with a client that waits before it answers its first question, so that the check comes in between. */
async function call(
  { server }: Awaited<ReturnType<typeof open>>,
  tool: string,
  wait = 150,
  args: Record<string, unknown> = {},
) {
  const client = await server.connect('v2-modern', {
    user: async () => {
      await delay(wait);
      return accept({ value: 'none' });
    },
  });
  const progress: string[] = [];
  const answer = await client
    .call(tool, args, { onprogress: ({ message = '' }) => void progress.push(message) })
    .catch((thrown: unknown) => thrown);
  return { ...client, answer: answer as Awaited<ReturnType<typeof client.call>>, progress };
}

describe('reports', () => {
  test('an ask with randomness in it: tool, both asks, advice; steps ran once', async () => {
    const lab = await open();
    await call(lab, 'random');
    const [warning, ...more] = lab.warnings();
    expect(more).toEqual([]);
    expect(warning).toMatchObject({
      level: 'warning',
      message: expect.stringMatching(/^Lab\.random asks something else .*ctx\.step/),
      fields: {
        tool: 'Lab.random',
        asked: [expect.stringMatching(/^elicitation\/create "Ticket [-0-9a-f]{36}\?"$/)],
        instead: [expect.stringMatching(/^elicitation\/create "Ticket [-0-9a-f]{36}\?"$/)],
      },
    });
    expect(warning?.fields['asked']).not.toEqual(warning?.fields['instead']);
    expect(did.filter((line) => line === 'pay')).toEqual(['pay']);
  });

  test('an ask with the time in it', async () => {
    const lab = await open();
    await call(lab, 'clock');
    expect(lab.warnings()[0]?.fields).toMatchObject({
      asked: [expect.stringContaining('It is ')],
      instead: [expect.stringContaining('It is ')],
    });
  });

  test('an ask whose form differs, in full', async () => {
    const lab = await open();
    await call(lab, 'choices');
    expect(lab.warnings()[0]?.fields).toMatchObject({
      asked: [expect.stringContaining('"enum"')],
      instead: [expect.stringContaining('"enum"')],
    });
  });

  test('a handler that ends, throws or does something else instead', async () => {
    const lab = await open();
    await call(lab, 'firstTimeOnly');
    did = [];
    await call(lab, 'throws');
    did = [];
    await call(lab, 'otherStep', 1500);
    expect(did.filter((line) => line === 'step')).toHaveLength(2); // that of the round with the answer
    expect(lab.warnings().map(({ fields }) => fields['instead'])).toEqual([
      ['nothing: the handler ended'],
      ['nothing: it threw "locked"'],
      ['the step "step 3" came instead'],
    ]);
  });

  test('a prompt as well', async () => {
    const lab = await open();
    const { client } = await lab.server.connect('v2-modern', { user: () => delay(100).then(() => accept()) });
    await client.getPrompt({ name: 'letter' }).catch(() => {});
    expect(lab.warnings()).toHaveLength(1);
  });
});

describe('a sound handler', () => {
  test('is played once more, unseen: no step, log, progress or notice twice, no warning', async () => {
    const lab = await open();
    const { answer, logs, progress } = await call(lab, 'sound', 300, { name: 'Ada' });
    expect(textOf(answer)).toBe('true true failed');
    await delay(50);
    expect(lab.warnings()).toEqual([]);
    expect(did.filter((line) => line.includes('step')).toSorted()).toEqual([
      'failing step',
      'nested step',
      'step',
    ]);
    expect(did.filter((line) => line.startsWith('played'))).toEqual([
      'played for Hello, unset, round 1',
      'played for Hello, unset, round 1', // the check
      'played for Hello, unset, round 2',
      ...(did.filter((line) => line.includes('round 3')) ?? []),
    ]);
    expect(progress.filter((message) => message === 'half')).toHaveLength(1);
    expect(logs.filter(({ data }) => data === 'a log line').length).toBeLessThanOrEqual(1);
    expect(lab.log.lines.filter(({ message }) => message === 'client log')).toHaveLength(1);
  });

  test('that logs and fails inside is not heard twice', async () => {
    const lab = await open();
    const { progress } = await call(lab, 'talks');
    expect(progress.filter((message) => message === 'half')).toHaveLength(1);
    expect(lab.log.lines.filter(({ message }) => message === 'client log')).toHaveLength(1);
    expect(lab.log.lines.filter(({ level }) => level === 'error')).toHaveLength(2); // one for each round
    expect(lab.warnings()).toEqual([]);
  });

  test('that asks nothing is played once', async () => {
    const lab = await open();
    await call(lab, 'quiet');
    await delay(50);
    expect(did).toEqual(['played']);
  });
});

test('holds up neither the answer nor a stop', async () => {
  const lab = await open({ stopGrace: 100 });
  const begun = performance.now();
  const { answer } = await call(lab, 'hangs', 50);
  expect(textOf(answer)).toBe('true');
  await lab.server.stop();
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(did).toEqual(['played', 'played', 'played', 'aborted']);
  expect(lab.warnings()).toEqual([]);
});

test.each([
  ['in development', 'development', {}, 1],
  ['without NODE_ENV', undefined, {}, 1],
  ['in production', 'production', {}, 0],
  ['in production on demand', 'production', { devCheck: true }, 1],
  ['in tests', 'test', {}, 0],
  ['when it is not wanted', 'development', { devCheck: false }, 0],
])('%s: warnings', async (_when, environment, options, warnings) => {
  const before = process.env['NODE_ENV'];
  if (environment === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = environment;
  try {
    const lab = await open({ devCheck: undefined, ...options });
    await call(lab, 'random');
    expect(lab.warnings()).toHaveLength(warnings);
  } finally {
    process.env['NODE_ENV'] = before;
  }
});

test.each(bothEras)('legacy calls are not played twice, %s', async (kind) => {
  const lab = await open();
  const client = await lab.server.connect(kind, { user: () => delay(100).then(() => accept()) });
  await client.call('random').catch(() => {});
  expect(lab.warnings()).toHaveLength(kind === 'v2-modern' ? 1 : 0);
});
