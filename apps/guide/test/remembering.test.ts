import { afterEach, describe, expect, test } from '@jest/globals';
import type { McpServer } from '@reprise/core';
import {
  accept,
  bothEras,
  type ClientKind,
  type Options,
  start,
  textOf,
} from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { Contexts } from '../src/context.js';
import { Handles, type Hashes, Remembering, sharedSessions, small } from '../src/remembering.js';

const logger = new RecordedLog();
const running: { stop(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

async function connect(server: McpServer, kind: ClientKind, options: Options = {}) {
  const started = await start(server);
  running.push(started);
  return started.connect(kind, options);
}

const auth = { token: 't', clientId: 'reader-app', scopes: [], extra: { sub: 'ada' } };

describe.each(bothEras)('%s', (kind) => {
  test('of a request: what a nested call sets stays with it, what its caller set it sees', async () => {
    const { call } = await connect(new Remembering({ logger }), kind);
    expect(JSON.parse(textOf(await call('both')))).toEqual([
      [{ type: 'text', text: 'The Lighthouse' }],
      [{ type: 'text', text: 'on loan' }],
    ]);
  });

  test('of a session, over calls; a call that asks reads and empties it once', async () => {
    const { call } = await connect(new Remembering({ logger }), kind, { auth, user: () => accept() });
    await call('take', { isbn: '0001' });
    expect(textOf(await call('take', { isbn: '0002' }))).toBe('2 in the basket');
    expect(textOf(await call('home'))).toBe('Enjoy The Lighthouse and Salt and Stars.');
    expect(textOf(await call('take', { isbn: '0003' }))).toBe('1 in the basket');
  });

  test('a handle works for every client', async () => {
    const { call } = await connect(new Handles({ logger }), kind);
    const first = (await call('take', { isbn: '0001' })).structuredContent as { basket: string };
    const second = await call('take', { isbn: '0002', basket: first.basket });
    expect(second.structuredContent).toEqual({ basket: first.basket, books: ['0001', '0002'] });
  });

  test('a store of your own, and limits of your own', async () => {
    const tables = new Map<string, Map<string, string>>();
    const hashes: Hashes = {
      read: async (name, field) => tables.get(name)?.get(field),
      write: async (name, field, text) =>
        void tables.set(name, new Map([...(tables.get(name) ?? []), [field, text]])),
      erase: async (name, field) => tables.get(name)?.delete(field) ?? false,
      drop: async (name) => void tables.delete(name),
    };
    const server = new Remembering({ logger, sessions: sharedSessions(hashes) });
    const client = await connect(server, kind, { auth });
    await client.call('take', { isbn: '0001' });
    expect([...tables.values()].map((table) => [...table])).toEqual([[['basket', '["0001"]']]]);
    await client.close();
    expect(tables.size).toBe(kind === 'v2-modern' ? 1 : 0);
    const tiny = await connect(small({ logger }), kind, { auth });
    expect(textOf(await tiny.call('take', { isbn: '0001' }))).toBe('1 in the basket');
  });

  test('a change is told when the request is over', async () => {
    const { call, client } = await connect(new Contexts({ logger }), kind);
    const told = new Promise<string>((resolve) =>
      client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(params.uri)),
    );
    if (kind === 'v2-modern') await client.listen({ resourceSubscriptions: ['library://notices'] });
    else await client.subscribeResource({ uri: 'library://notices' });
    await call('putUp', { text: 'Closed on Friday.' });
    expect(await told).toBe('library://notices');
  });
});

test('without a session and without a principal it says so', async () => {
  const { call } = await connect(new Remembering({ logger }), 'v2-modern');
  expect(textOf(await call('take', { isbn: '0001' }))).toMatch(/^Internal error/);
  expect(logger.text('error')).toContain('SessionUnavailableError');
});
