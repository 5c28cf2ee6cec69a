import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  cached,
  type Context,
  Ctx,
  McpServer,
  type Middleware,
  Prompt,
  rateLimit,
  Resource,
  Server,
  timeout,
  timing,
  Tool,
  Use,
} from '@reprise/core';
import { accept, bothEras, type Connected, type Options, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  ran.length = 0;
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Handlers that ran, in order. */
const ran: string[] = [];
const pause = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error); // what the framework aborted with
    });
  });

@Server({ name: 'built-in', version: '1.0.0' })
class Desk extends McpServer {
  @Tool() fare(@Arg('to') to: string) {
    ran.push(`fare ${to}`);
    return `fare ${ran.length}`;
  }
  @Tool() async book(@Ctx() ctx: Context) {
    ran.push('book');
    const sure = await ctx.confirm('Sure?');
    return `${sure} ${ran.length}`;
  }
  @Tool() refuses() {
    ran.push('refuses');
    return { content: [], isError: true };
  }
  @Tool() async outer(@Ctx() ctx: Context) {
    return textOf((await ctx.callTool('fare', { to: 'Rome' })) as never);
  }
  @Resource('r://fixed') fixed() {
    ran.push('fixed');
    return `content ${ran.length}`;
  }
  @Prompt() greet() {
    ran.push('greet');
    return 'Hello';
  }
}

const log = new RecordedLog();
const token = (clientId: string) => ({ token: 't', clientId, scopes: [] });

/** A server with this middleware; clients connect to it one by one. */
async function desk(...middleware: Middleware[]) {
  log.lines.length = 0;
  const running = await start(new Desk({ logger: log, devCheck: false }).use(...middleware));
  servers.push(running);
  return running;
}

async function one(kind: (typeof bothEras)[number], middleware: Middleware, options: Options = {}) {
  return (await desk(middleware)).connect(kind, options);
}

const says = async (client: Connected, tool: string, args = {}) => textOf(await client.call(tool, args));

describe.each(bothEras)('timing, %s', (kind) => {
  test('one line for each request: method, name, outcome, milliseconds', async () => {
    const client = await one(kind, timing({ level: 'notice' }));
    await client.call('fare', { to: 'Rome' });
    await client.call('refuses');
    await client.call('nothing').catch(() => {});
    await client.call('book');
    await client.client.listTools();
    const lines = log.lines.filter(({ level }) => level === 'notice');
    const facts = lines.map(
      ({ message, fields }) => `${message}: ${String(fields['outcome'])} ${String(fields['round'])}`,
    );
    expect(facts).toEqual([
      'tools/call fare: result 1',
      'tools/call refuses: refused 1',
      'tools/call nothing: failure 1',
      ...(kind === 'v2-modern'
        ? ['tools/call book: suspended 1', 'tools/call book: result 2']
        : ['tools/call book: result 1']),
      'tools/list: result 1',
    ]);
    for (const { fields } of lines) expect(fields['ms']).toBeGreaterThanOrEqual(0);
  });
});

describe.each(bothEras)('rateLimit, %s', (kind) => {
  test('lets a burst through, then says how long to wait', async () => {
    const client = await one(kind, rateLimit({ perMinute: 2, burst: 3 }));
    for (let call = 0; call < 3; call++) expect(await says(client, 'fare', { to: 'Rome' })).toMatch(/^fare/);
    expect(await client.call('fare', { to: 'Rome' })).toMatchObject({
      isError: true,
      content: [{ text: 'Too many calls. Try again in 30 seconds.' }],
    });
    expect(ran).toHaveLength(3);
    const refused: unknown = await client.client
      .getPrompt({ name: 'greet' })
      .catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: -32005, data: { retryAfterMs: expect.any(Number) } });
    expect((refused as { data: { retryAfterMs: number } }).data.retryAfterMs).toBeGreaterThan(29_000);
  });

  test('fills up again with time', async () => {
    const client = await one(kind, rateLimit({ perMinute: 300, burst: 1 }));
    await client.call('fare', { to: 'Rome' });
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('Too many calls. Try again in 1 second.');
    await pause(220);
    expect(await says(client, 'fare', { to: 'Rome' })).toMatch(/^fare/);
  });

  test('by principal: one does not use up what is another’s', async () => {
    const server = await desk(rateLimit({ perMinute: 1 }));
    const ada = await server.connect(kind, { auth: token('ada') });
    const adaAgain = await server.connect(kind, { auth: token('ada') });
    const ben = await server.connect(kind, { auth: token('ben') });
    expect(await says(ada, 'fare', { to: 'Rome' })).toMatch(/^fare/);
    expect(await says(adaAgain, 'fare', { to: 'Rome' })).toMatch(/^Too many/);
    expect(await says(ben, 'fare', { to: 'Rome' })).toMatch(/^fare/);
  });

  test('by what a function says', async () => {
    const server = await desk(rateLimit({ perMinute: 1, by: (ctx) => ctx.clientId ?? '' }));
    const [first, second] = [await server.connect(kind), await server.connect(kind)];
    expect(await says(first, 'fare', { to: 'Rome' })).toMatch(/^fare/);
    expect(await says(second, 'fare', { to: 'Rome' })).toMatch(/^Too many/);
  });

  test('a call that asks is one call, however many rounds it takes', async () => {
    const client = await one(kind, rateLimit({ perMinute: 1 }));
    expect(await says(client, 'book')).toMatch(/^true/);
    expect(await says(client, 'book')).toMatch(/^Too many/);
  });

  test('options that cannot work are refused where they are written', () => {
    expect(() => rateLimit({ perMinute: 0 })).toThrow(/rateLimit, perMinute: 0 cannot work/);
    expect(() => timeout(Number.NaN)).toThrow(/timeout: NaN cannot work/);
    expect(() => cached({ ttlMs: -1 })).toThrow(/cached, ttlMs: -1 cannot work/);
  });
});

test('rateLimit by session: each legacy session has its own', async () => {
  const server = await desk(rateLimit({ perMinute: 1, by: 'session' }));
  const [first, second] = [await server.connect('v2-legacy'), await server.connect('v2-legacy')];
  expect(await says(first, 'fare', { to: 'Rome' })).toMatch(/^fare/);
  expect(await says(first, 'fare', { to: 'Rome' })).toMatch(/^Too many/);
  expect(await says(second, 'fare', { to: 'Rome' })).toMatch(/^fare/);
});

describe.each(bothEras)('cached, %s', (kind) => {
  const auth = token('ada');

  test('the same name and arguments: the answer again, until its time is over', async () => {
    const client = await one(kind, cached({ ttlMs: 500 }), { auth });
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('fare 1');
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('fare 1');
    expect(await says(client, 'fare', { to: 'Oslo' })).toBe('fare 2');
    const read = async () => (await client.client.readResource({ uri: 'r://fixed' })).contents[0];
    expect(await read()).toEqual(await read());
    expect(ran).toEqual(['fare Rome', 'fare Oslo', 'fixed']);
    await pause(600);
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('fare 4');
  });

  test('never across principals, nor between one and nobody', async () => {
    const server = await desk(cached({ ttlMs: 60_000, shareAnonymous: true }));
    const clients = [
      await server.connect(kind, { auth }),
      await server.connect(kind, { auth: token('ben') }),
      await server.connect(kind),
    ];
    for (const [index, client] of clients.entries())
      expect(await says(client, 'fare', { to: 'Rome' })).toBe(`fare ${index + 1}`);
    expect(await says(await server.connect(kind, { auth }), 'fare', { to: 'Rome' })).toBe('fare 1');
    expect(await says(await server.connect(kind), 'fare', { to: 'Rome' })).toBe('fare 3');
  });

  test('nobody known: each legacy session has its own answers, a modern client none', async () => {
    const server = await desk(cached({ ttlMs: 60_000 }));
    const [first, second] = [await server.connect(kind), await server.connect(kind)];
    const answers = [
      await says(first, 'fare', { to: 'Rome' }),
      await says(first, 'fare', { to: 'Rome' }),
      await says(second, 'fare', { to: 'Rome' }),
    ];
    expect(answers).toEqual(
      kind === 'v2-legacy' ? ['fare 1', 'fare 1', 'fare 2'] : ['fare 1', 'fare 2', 'fare 3'],
    );
  });

  test('never a suspension, nor what its client was asked about, nor a refusal', async () => {
    const client = await one(kind, cached({ ttlMs: 60_000 }), { auth });
    await client.call('book');
    const before = ran.length;
    expect(await says(client, 'book')).toBe(`true ${2 * before}`);
    expect(client.asked).toEqual(['Sure?', 'Sure?']);
    ran.length = 0;
    await client.call('refuses');
    await client.call('refuses');
    expect(ran).toEqual(['refuses', 'refuses']);
  });

  test('keeps no more than its limit, and its own copies', async () => {
    const spoiling: Middleware = async (_ctx, next) => {
      const outcome = await next();
      if (outcome.kind === 'result')
        outcome.result._meta = { times: Number(outcome.result._meta?.['times'] ?? 0) + 1 };
      return outcome;
    };
    const server = await desk(spoiling, cached({ ttlMs: 60_000, maxEntries: 1 }));
    const client = await server.connect(kind, { auth });
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('fare 1');
    const again = await client.call('fare', { to: 'Rome' });
    expect(again).toMatchObject({ content: [{ text: 'fare 1' }], _meta: { times: 1 } });
    expect(await client.call('fare', { to: 'Rome' })).toMatchObject({ _meta: { times: 1 } });
    await client.call('fare', { to: 'Oslo' });
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('fare 3');
  });

  test('nested calls are answered from it, too', async () => {
    const client = await one(kind, cached({ ttlMs: 60_000 }), { auth });
    expect(await says(client, 'fare', { to: 'Rome' })).toBe('fare 1');
    expect(await says(client, 'outer')).toBe('fare 1');
  });
});

describe.each(bothEras)('timeout, %s', (kind) => {
  const aborted: unknown[] = [];
  let sent = 0;

  @Server({ name: 'slow', version: '1.0.0' })
  class Slow extends McpServer {
    @Use(timeout(60))
    @Tool()
    async listens(@Ctx() ctx: Context) {
      try {
        await pause(2000, ctx.signal);
      } catch (reason) {
        aborted.push(reason);
        throw reason;
      }
    }
    @Use(timeout(60))
    @Tool()
    async deaf(@Ctx() ctx: Context) {
      await pause(300);
      await ctx.warning('still here');
      await ctx.reportProgress(1);
      sent++;
      return 'too late';
    }
    @Use(timeout(60))
    @Tool()
    quick() {
      return 'quick';
    }
    @Use(timeout(500))
    @Tool()
    async asks(@Ctx() ctx: Context) {
      await pause(100);
      await ctx.confirm('Sure?');
      await ctx.confirm('Really?');
      await pause(30);
      return 'asked';
    }
    @Use(timeout(60))
    @Tool()
    async asksThenSleeps(@Ctx() ctx: Context) {
      await ctx.confirm('Sure?');
      await pause(2000, ctx.signal);
    }
    @Use(timeout(60))
    @Prompt()
    async slowPrompt(@Ctx() ctx: Context) {
      await pause(2000, ctx.signal);
      return 'never';
    }
    @Tool() async outer(@Ctx() ctx: Context) {
      const inner = textOf((await ctx.callTool('listens')) as never);
      return `${inner} ${ctx.signal.aborted}`;
    }
  }

  async function slow(user?: Options['user']) {
    aborted.length = 0;
    log.lines.length = 0;
    const running = await start(new Slow({ logger: log }));
    servers.push(running);
    return running.connect(kind, user ? { user } : {});
  }

  test('aborts the signal of the handler and says so', async () => {
    const client = await slow();
    expect(await client.call('listens')).toMatchObject({
      isError: true,
      content: [{ text: 'listens timed out after 60 ms.' }],
    });
    await pause(10);
    expect(aborted).toEqual([expect.objectContaining({ message: 'listens timed out after 60 ms.' })]);
    expect(log.text('error')).toBe('');
    expect(await says(client, 'quick')).toBe('quick');
  });

  test('a prompt: a JSON-RPC error', async () => {
    const { client } = await slow();
    await expect(client.getPrompt({ name: 'slowPrompt' })).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining('slowPrompt timed out after 60 ms.'),
    });
  });

  test('a handler that does not listen is not waited for, and not heard any more', async () => {
    const client = await slow();
    sent = 0;
    const progress: unknown[] = [];
    const answer = await client.call('deaf', {}, { onprogress: (one) => progress.push(one) });
    expect(textOf(answer)).toBe('deaf timed out after 60 ms.');
    expect(sent).toBe(0);
    await pause(300);
    expect(sent).toBe(1);
    expect([...client.logs, ...progress]).toEqual([]);
  });

  test('time spent waiting for the client does not count', async () => {
    const client = await slow(async () => {
      await pause(300);
      return accept();
    });
    expect(await says(client, 'asks')).toBe('asked');
    expect(client.asked).toEqual(['Sure?', 'Really?']);
  });

  test('but time after the answer does', async () => {
    const client = await slow(() => accept());
    expect(await says(client, 'asksThenSleeps')).toBe('asksThenSleeps timed out after 60 ms.');
  });

  test('a nested call: its own signal only', async () => {
    expect(await says(await slow(), 'outer')).toBe('listens timed out after 60 ms. false');
  });
});
