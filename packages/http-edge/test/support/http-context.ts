import { afterEach, describe, expect, test } from '@jest/globals';
import { Arg, type Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import type { ClientKind, TestClient } from './clients.js';

const quiet = { log: () => {} };

@Server({ name: 'http-desk', version: '1.0.0' })
class HttpDesk extends McpServer {
  @Tool() about(@Ctx() ctx: Context) {
    const { http } = ctx;
    return JSON.stringify({
      http,
      authorization: http?.header('Authorization'),
      cookie: http?.header('cookie'),
      absent: http?.header('x-absent') ?? 'none',
      session: ctx.sessionId,
      version: ctx.protocolVersion,
      transport: ctx.transport,
    });
  }
  @Tool() async asks(@Ctx() ctx: Context) {
    await ctx.confirm('Sure?');
    return String(ctx.http?.remoteAddress);
  }
  @Tool() async count(@Arg('by') by: number, @Ctx() ctx: Context) {
    const n = ((await ctx.session.get<number>('n')) ?? 0) + by;
    await ctx.session.set('n', n);
    return String(n);
  }
}

interface Stand {
  kinds: readonly ClientKind[];
  transport: () => Transport;
  /** Connects a client that sends these headers with every request. */
  connect: (kind: ClientKind, url: URL, headers: Record<string, string>) => Promise<TestClient>;
}

interface Told {
  http: { url: string; headers: Record<string, string>; remoteAddress: string };
  authorization: string;
  cookie: string;
  absent: string;
  session?: string;
  version: string;
  transport: string;
}

/** Declares what a handler learns of the HTTP request, for a transport that carries it over a real socket. */
export function describeHttpContext({ kinds, transport: makeTransport, connect }: Stand): void {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function begin() {
    const server = new HttpDesk({ logger: quiet });
    const transport = makeTransport();
    await server.start(transport);
    ends.push(() => server.stop());
    return async (kind: ClientKind, headers: Record<string, string> = {}) => {
      const client = await connect(kind, new URL(transport.address), headers);
      ends.push(() => client.close());
      return client;
    };
  }

  describe.each(kinds)('the Context of a request over HTTP, %s', (kind) => {
    const headers = {
      authorization: 'Bearer secret-token',
      cookie: 'sid=secret-cookie',
      'x-forwarded-for': '203.0.113.9',
      'x-desk': 'seven',
    };

    test('url, remote address and headers; the secret ones by their name only', async () => {
      const client = await (await begin())(kind, headers);
      const told = JSON.parse(await client.call('about')) as Told;
      expect(told.http.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
      expect(told.http.remoteAddress).toBe('127.0.0.1');
      expect(told.http.headers).toMatchObject({ 'x-desk': 'seven', 'x-forwarded-for': '203.0.113.9' });
      expect(JSON.stringify(told.http)).not.toContain('secret');
      expect(told).toMatchObject({
        authorization: 'Bearer secret-token',
        cookie: 'sid=secret-cookie',
        absent: 'none',
      });
    });

    test('the remote address of every request, also of many at once and after a question', async () => {
      const client = await (await begin())(kind);
      const all = await Promise.all(Array.from({ length: 20 }, () => client.call('asks')));
      expect(new Set(all)).toEqual(new Set(['127.0.0.1']));
    });

    test('session id, revision and transport', async () => {
      const dial = await begin();
      const [one, two] = [await dial(kind), await dial(kind)];
      const [first, again, other] = [
        JSON.parse(await one.call('about')) as Told,
        JSON.parse(await one.call('about')) as Told,
        JSON.parse(await two.call('about')) as Told,
      ];
      expect(first.transport).toBe(makeTransport().name);
      expect(first.version).toMatch(kind === 'v2 modern' ? /^2026-07-28$/ : /^202[45]-/);
      if (kind === 'v2 modern') return expect(first).not.toHaveProperty('session');
      expect(first.session).toMatch(/^[0-9a-f-]{36}$/);
      expect(again.session).toBe(first.session);
      expect(other.session).not.toBe(first.session);
    });

    test('session state: of one client, also among many; a reconnect begins anew', async () => {
      const dial = await begin();
      const clients = await Promise.all(Array.from({ length: 4 }, () => dial(kind)));
      if (kind === 'v2 modern')
        return expect(await clients[0]!.call('count', { by: 1 })).toMatch(/^Internal error/);
      for (let i = 0; i < 3; i++)
        await Promise.all(clients.map((client, by) => client.call('count', { by })));
      const totals = await Promise.all(clients.map((client) => client.call('count', { by: 0 })));
      expect(totals).toEqual(['0', '3', '6', '9']);
      await clients[3]?.close();
      expect(await (await dial(kind)).call('count', { by: 0 })).toBe('0');
    });
  });
}
