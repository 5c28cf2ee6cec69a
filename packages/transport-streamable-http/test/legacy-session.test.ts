import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { raw, until } from '../../http-edge/test/support/raw-http.js';
import { TestHost } from '../../http-edge/test/support/test-host.js';
import { LegacySession } from '../src/legacy-session.js';

/** Moments that no client can be sure to hit: a session whose requests arrive when the test says so. */
let host: TestHost;
let session: LegacySession;
let arrived: { req: IncomingMessage; res: ServerResponse }[];
let url: string;
const http = createServer((req, res) => void arrived.push({ req: req.resume(), res }));

const headers = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-session-id': 'one',
  'mcp-protocol-version': '2025-11-25',
};
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
const initialize = { jsonrpc: '2.0', id: 0, method: 'initialize', params };
const call = (id: number, name = 'echo') => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: { text: `text ${id}` } },
});

/** Sends so many requests; resolves when all of them have arrived. */
async function send(count: number) {
  arrived = [];
  const answers = Array.from({ length: count }, () => raw(url, { headers }));
  await until(() => arrived.length === count);
  return { answers, exchanges: arrived };
}

beforeEach(async () => {
  host = new TestHost();
  await once(http.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const origin = { era: 'legacy', transport: 'streamable-http', lifetime: 'connection' } as const;
  const around = { host, origin, keepAlive: 1000, reconnectDelay: 10, onEnd: () => {}, onError: () => {} };
  const facts = { sessionId: 'one', owner: undefined, eventLog: undefined };
  session = new LegacySession(around, facts, initialize);
  const { answers, exchanges } = await send(1);
  await session.begin(exchanges[0]!.req, exchanges[0]!.res, initialize);
  await Promise.all(answers);
});
afterEach(async () => {
  host.release();
  await session.close();
  http.closeAllConnections();
  await once(http.close(), 'close');
});

async function comesToRest(): Promise<void> {
  await until(() => {
    session.rest();
    return host.open === 0;
  });
}

test('requests that come in one moment have one protocol server', async () => {
  await comesToRest();
  const { answers, exchanges } = await send(3);
  exchanges.forEach(({ req, res }, at) => void session.handle(req, res, call(at)));
  const texts = (await Promise.all(answers)).map(({ text }) => text);
  expect(texts.map((text) => /text \d/.exec(text)?.[0])).toEqual(['text 0', 'text 1', 'text 2']);
  expect(host.origins).toHaveLength(2);
});

test('a request that has only just come keeps it awake', async () => {
  const { answers, exchanges } = await send(1);
  const handled = session.handle(exchanges[0]!.req, exchanges[0]!.res, call(1));
  session.rest();
  expect(host.open).toBe(1);
  await handled;
  expect((await answers[0]!).text).toContain('text 1');
  await comesToRest();
});

test('a call whose stream broke keeps it awake', async () => {
  const { answers, exchanges } = await send(1);
  const handled = session.handle(exchanges[0]!.req, exchanges[0]!.res, call(1, 'wait'));
  await until(() => host.waits.begun === 1);
  exchanges[0]!.res.destroy();
  await expect(answers[0]).rejects.toThrow();
  await handled;
  session.rest();
  expect(host.open).toBe(1);
  host.release();
  await comesToRest();
  expect(host.waits.aborted).toBe(0);
});

test('ended while it wakes, it answers 404 and keeps no protocol server', async () => {
  await comesToRest();
  const { answers, exchanges } = await send(1);
  const handled = session.handle(exchanges[0]!.req, exchanges[0]!.res, call(1));
  const closed = session.close();
  await expect(handled).rejects.toMatchObject({ status: 404 });
  await closed;
  expect(host.open).toBe(0);
  exchanges[0]!.res.end();
  await Promise.all(answers);
});
