import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  Context,
  createParamDecorator,
  Ctx,
  McpServer,
  MemorySessionStore,
  type SessionOwner,
  type SessionStore,
  Server,
  Tool,
} from '@reprise/core';
import { bothEras, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const logger = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  logger.lines.length = 0;
  for (const end of ended.splice(0)) await end();
});

const secret = Symbol('secret');
const thing = { its: 'own', self: undefined as unknown, run: () => 'ran' };
thing.self = thing;
const FromState = createParamDecorator((ctx) => {
  ctx.state.set('decorator', 'was here');
  return ctx.state.get('decorator');
});

@Server({ name: 'keeper', version: '1' })
class Keeper extends McpServer {
  @Tool() values(@Ctx() ctx: Context) {
    const { state } = ctx;
    for (const [key, value] of Object.entries({
      zero: 0,
      no: false,
      empty: '',
      nothing: null,
      un: undefined,
    }))
      state.set(key, value);
    state.set('thing', thing);
    state.set(secret, 1);
    return {
      falsy: ['zero', 'no', 'empty', 'nothing', 'un'].map((key) => [state.has(key), state.get(key) ?? null]),
      same: state.get('thing') === thing,
      symbol: state.get(secret),
      unknown: state.has('unknown') || state.get('unknown') !== undefined,
      deleted: [
        state.delete('zero'),
        state.has('zero'),
        state.get('zero') === undefined,
        state.delete('zero'),
      ],
    };
  }

  @Tool() leave(@Ctx() ctx: Context) {
    const before = ctx.state.has('left');
    ctx.state.set('left', 1);
    return String(before);
  }

  @Tool() decorated(@FromState() value: string, @Ctx() ctx: Context) {
    return `${value} ${ctx.state.get<string>('decorator')}`;
  }

  @Tool() async outer(@Ctx() ctx: Context) {
    ctx.state.set('a', 'outer');
    ctx.state.set('gone', 1);
    const inner = JSON.parse(textOf((await ctx.callTool('inner', { depth: 2 })) as never)) as unknown;
    return { inner, after: [ctx.state.get('a'), ctx.state.has('b'), ctx.state.get('gone')] };
  }

  @Tool() async inner(@Arg('depth') depth: number, @Ctx() ctx: Context): Promise<string> {
    const seen = [ctx.state.get('a'), ctx.state.has('gone')];
    ctx.state.set('a', `inner ${depth}`);
    ctx.state.set('b', 1);
    ctx.state.delete('gone');
    const below = depth > 1 ? textOf((await ctx.callTool('inner', { depth: depth - 1 })) as never) : '[]';
    return JSON.stringify([...seen, ctx.state.get('a'), ctx.state.has('gone'), JSON.parse(below)]);
  }

  @Tool() async siblings(@Ctx() ctx: Context) {
    ctx.state.set('a', 'outer');
    const answers = await Promise.all([1, 2, 3].map(() => ctx.callTool('inner', { depth: 1 })));
    return answers.map((answer) => textOf(answer as never));
  }

  @Tool() async replayed(@Ctx() ctx: Context) {
    const found = ctx.state.has('before');
    ctx.state.set('before', true);
    await ctx.confirm('go on?');
    return `${found} ${ctx.state.get<boolean>('before')}`;
  }

  @Tool() async put(@Arg('key') key: string, @Arg('value') value: string, @Ctx() ctx: Context) {
    await ctx.session.set(key, JSON.parse(value));
    return 'put';
  }
  @Tool() async take(@Arg('key') key: string, @Ctx() ctx: Context) {
    return JSON.stringify((await ctx.session.get(key)) ?? 'nothing');
  }
  @Tool() async drop(@Arg('key') key: string, @Ctx() ctx: Context) {
    return String(await ctx.session.delete(key));
  }
  @Tool() async count(@Ctx() ctx: Context) {
    const n = (await ctx.session.get<number>('n')) ?? 0;
    await delay(0);
    await ctx.session.set('n', n + 1);
    return String(n + 1);
  }
  @Tool() async mutate(@Ctx() ctx: Context) {
    await ctx.session.set('list', [1]);
    (await ctx.session.get<number[]>('list'))?.push(2);
    return JSON.stringify(await ctx.session.get('list'));
  }
  @Tool() async refuses(@Ctx() ctx: Context) {
    class Traveller {
      name = 'Ada';
    }
    const loop: unknown[] = [];
    loop.push({ loop });
    const values = [
      undefined,
      () => 1,
      1n,
      NaN,
      new Date(0),
      new Map(),
      { who: [new Traveller()] },
      loop,
      Object.assign([], { 1: 'after a hole' }),
    ];
    const ends = await Promise.allSettled(values.map((value) => ctx.session.set('x', value)));
    return ends.map((end) =>
      end.status === 'rejected'
        ? `${end.reason instanceof TypeError} ${end.reason.code} ${end.reason.message}`
        : 'kept',
    );
  }
  @Tool() async why(@Ctx() ctx: Context) {
    const uses = [ctx.session.get('a'), ctx.session.set('a', 1), ctx.session.delete('a')];
    return (await Promise.allSettled(uses)).map((end) =>
      end.status === 'rejected' ? `${end.reason.name} ${end.reason.code} ${end.reason.message}` : 'worked',
    );
  }
}

async function keeper(sessions?: SessionStore) {
  const running = await start(new Keeper({ logger, ...(sessions && { sessions }) }));
  ended.push(() => running.stop());
  return running;
}

const tokenOf = (sub: string) => ({ token: 't', clientId: 'app', scopes: [], extra: { sub } });

/** Connects as somebody whose session it is, in either era. */
const as = (sub: string) => ({ auth: tokenOf(sub) });

describe.each(bothEras)('%s: ctx.state', (kind) => {
  const call = async (name: string) => {
    const { connect } = await keeper();
    return (await connect(kind)).call(name);
  };

  test('any value, the same object; unknown is undefined; falsy values are values', async () => {
    expect((await call('values')).structuredContent).toEqual({
      falsy: [
        [true, 0],
        [true, false],
        [true, ''],
        [true, null],
        [true, null],
      ],
      same: true,
      symbol: 1,
      unknown: false,
      deleted: [true, false, true, false],
    });
  });

  test('is gone when the request is over', async () => {
    const { connect } = await keeper();
    const one = await connect(kind);
    expect(textOf(await one.call('leave'))).toBe('false');
    expect(textOf(await one.call('leave'))).toBe('false');
  });

  test('is the same for what stands around the handler', async () => {
    expect(textOf(await call('decorated'))).toBe('was here was here');
  });

  test('a nested call sees the outer values; its writes and deletions do not leak out', async () => {
    expect((await call('outer')).structuredContent).toEqual({
      inner: ['outer', true, 'inner 2', false, ['inner 2', false, 'inner 1', false, []]],
      after: ['outer', false, 1],
    });
  });

  test('nested calls in parallel do not see each other', async () => {
    const expected = JSON.stringify(['outer', false, 'inner 1', false, []]);
    expect(JSON.parse(textOf(await call('siblings')))).toEqual([expected, expected, expected]);
  });

  test('each round begins without it, and builds it up again', async () => {
    expect(textOf(await call('replayed'))).toBe('false true');
  });
});

describe.each(bothEras)('%s: ctx.session', (kind) => {
  test('outlives the request: JSON values, each read a copy, delete', async () => {
    const { connect } = await keeper();
    const { call } = await connect(kind, as('ada'));
    expect(textOf(await call('take', { key: 'k' }))).toBe('"nothing"');
    for (const value of ['0', 'false', 'null', '""', '{"a":[1,{"b":null}]}']) {
      await call('put', { key: 'k', value });
      expect(textOf(await call('take', { key: 'k' }))).toBe(value === 'null' ? '"nothing"' : value);
    }
    expect(textOf(await call('drop', { key: 'k' }))).toBe('true');
    expect(textOf(await call('drop', { key: 'k' }))).toBe('false');
    expect(textOf(await call('mutate'))).toBe('[1]');
  });

  test('what JSON would not bring back is a TypeError that says where and why', async () => {
    const { connect } = await keeper();
    const answer = await (await connect(kind, as('ada'))).call('refuses');
    const lines = JSON.parse(textOf(answer)) as string[];
    const why = [
      'value is undefined',
      'value is a function',
      'value is a bigint',
      'value is NaN',
      'value is a Date',
      'value is a Map',
      'value.who[0] is an instance of Traveller',
      'value[0].loop contains itself',
      'value[0] is undefined',
    ];
    expect(lines).toEqual(
      why.map((what) =>
        expect.stringMatching(new RegExp(`^true SESSION_VALUE Keeper\\.refuses: .*${escape_(what)},`)),
      ),
    );
    expect(lines[4]).toContain('toISOString()');
  });

  test('two clients are isolated under the same key, also concurrently', async () => {
    const { connect } = await keeper();
    const clients = await Promise.all(['ada', 'ben', 'eve', 'kim'].map((sub) => connect(kind, as(sub))));
    await Promise.all(
      clients.map(async ({ call }) => {
        for (let i = 0; i < 25; i++) await call('count');
      }),
    );
    const counts = await Promise.all(
      clients.map(async ({ call }) => textOf(await call('take', { key: 'n' }))),
    );
    expect(counts).toEqual(['25', '25', '25', '25']);
  });

  test('a store of your own gets the owner, the key and JSON text', async () => {
    const seen: unknown[] = [];
    const inner = new MemorySessionStore();
    const { connect } = await keeper({
      get: (...args) => inner.get(...args),
      set: (...args) => (seen.push(args), inner.set(...args)),
      delete: (...args) => inner.delete(...args),
      forget: (...args) => inner.forget(...args),
    });
    const { call } = await connect(kind, as('ada'));
    await call('put', { key: 'k', value: '{"a":1}' });
    expect(textOf(await call('take', { key: 'k' }))).toBe('{"a":1}');
    const owner =
      kind === 'v2-modern'
        ? { kind: 'principal', id: '["","app","ada"]' }
        : { kind: 'session', id: expect.any(String) };
    expect(seen).toEqual([[owner, 'k', '{"a":1}']]);
  });

  test('a store that fails fails the call that used it, under a reference', async () => {
    const broken = () => Promise.reject(new Error('the disk is full'));
    const { connect } = await keeper({ get: broken, set: broken, delete: broken, forget: async () => {} });
    const answer = await (await connect(kind, as('ada'))).call('take', { key: 'k' });
    expect(textOf(answer)).toMatch(/^Internal error \(ref /);
    expect(logger.text('error')).toContain('the disk is full');
  });
});

describe('ctx.session, legacy', () => {
  test('a reconnect is a new session, and what an ended one kept is forgotten', async () => {
    const forgotten: SessionOwner[] = [];
    const inner = new MemorySessionStore();
    const { connect } = await keeper({
      get: (...args) => inner.get(...args),
      set: (...args) => inner.set(...args),
      delete: (...args) => inner.delete(...args),
      forget: (owner) => (forgotten.push(owner), inner.forget(owner)),
    });
    const first = await connect('v2-legacy');
    await first.call('put', { key: 'k', value: '1' });
    await first.close();
    const second = await connect('v2-legacy');
    expect(textOf(await second.call('take', { key: 'k' }))).toBe('"nothing"');
    expect(forgotten).toEqual([{ kind: 'session', id: expect.any(String) }]);
    expect(await inner.get(forgotten[0]!, 'k')).toBeUndefined();
  });
});

describe('ctx.session, modern', () => {
  test('belongs to the principal, over connections', async () => {
    const { connect } = await keeper();
    await (await connect('v2-modern', as('ada'))).call('put', { key: 'k', value: '1' });
    expect(textOf(await (await connect('v2-modern', as('ada'))).call('take', { key: 'k' }))).toBe('1');
    expect(textOf(await (await connect('v2-modern', as('ben'))).call('take', { key: 'k' }))).toBe(
      '"nothing"',
    );
  });

  test('without a principal it is an error that names the ways out, and nothing is lost silently', async () => {
    const { connect } = await keeper();
    const lines = JSON.parse(textOf(await (await connect('v2-modern')).call('why'))) as string[];
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/^SessionUnavailableError SESSION_UNAVAILABLE Keeper\.why: /);
      expect(line).toMatch(/authentication.*handle.*argument.*ctx\.step/);
    }
  });
});

describe('MemorySessionStore', () => {
  const principal = (id: string): SessionOwner => ({ kind: 'principal', id });
  const session = (id: string): SessionOwner => ({ kind: 'session', id });

  test('holds no more than it may: the owner unused longest gives way, and is named', async () => {
    const evicted: SessionOwner[] = [];
    const store = new MemorySessionStore({ maxSessions: 2, onEvict: (owner) => evicted.push(owner) });
    await store.set(session('a'), 'k', '1');
    await store.set(session('b'), 'k', '2');
    await store.get(session('a'), 'k');
    await store.set(session('c'), 'k', '3');
    expect(evicted).toEqual([session('b')]);
    expect(await store.get(session('a'), 'k')).toBe('1');
    expect(await store.get(session('b'), 'k')).toBeUndefined();
  });

  test('one owner has a limit of its own, and keeps what it had', async () => {
    const store = new MemorySessionStore({ maxPerSession: 20 });
    await store.set(session('a'), 'k', '"1234567890"');
    await expect(store.set(session('a'), 'more', '"1234567890"')).rejects.toMatchObject({
      code: 'SESSION_TOO_LARGE',
    });
    await store.set(session('a'), 'k', '"0987654321"');
    expect(await store.get(session('a'), 'k')).toBe('"0987654321"');
    await store.delete(session('a'), 'k');
    await store.set(session('a'), 'more', '"1234567890"');
  });

  test('principals expire when they are idle, sessions do not: their end is told', async () => {
    const store = new MemorySessionStore({ idle: 40 });
    await store.set(principal('a'), 'k', '1');
    await store.set(session('a'), 'k', '2');
    for (let i = 0; i < 4; i++) {
      await delay(20);
      expect(await store.get(principal('a'), 'k')).toBe('1');
    }
    await delay(60);
    expect(await store.get(principal('a'), 'k')).toBeUndefined();
    expect(await store.get(session('a'), 'k')).toBe('2');
    await store.forget(session('a'));
    expect(await store.get(session('a'), 'k')).toBeUndefined();
  });
});

function escape_(text: string): string {
  return text.replace(/[.[\]]/g, '\\$&');
}
