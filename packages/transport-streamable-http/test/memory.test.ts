import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamableHttp, type StreamableHttpOptions } from '@reprise/transport-streamable-http';
import { openSockets, raw, until } from '../../http-edge/test/support/raw-http.js';
import { TestHost } from '../../http-edge/test/support/test-host.js';

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
const initialize = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params });

/** So that no socket stays open that is not meant to. */
const agent = new Agent({ keepAlive: false });

let host: TestHost;
let stop: (() => unknown)[] = [];
beforeEach(() => {
  host = new TestHost();
});
afterEach(async () => {
  for (const end of stop.splice(0).toReversed()) await end();
});

async function start(options: StreamableHttpOptions = {}): Promise<string> {
  const transport = streamableHttp({ port: 0, signals: false, ...options });
  await transport.start(host);
  stop.push(() => transport.close());
  return transport.address;
}

type Headers = Record<string, string>;

async function begin(url: string): Promise<Headers> {
  const { headers } = await raw(url, { headers: json, body: initialize, agent });
  return { 'mcp-session-id': String(headers['mcp-session-id']), 'mcp-protocol-version': '2025-11-25' };
}

const post = (url: string, headers: Headers, body: string) =>
  raw(url, { headers: { ...json, ...headers }, body, agent });

const call = (name: string, args: object) =>
  JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name, arguments: args } });

/** A request whose answer nobody reads, once its first bytes have come. */
async function unread(url: string, head: string, headers: Headers, body = ''): Promise<Socket> {
  const { host: address, hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  stop.push(() => socket.destroy());
  await once(socket, 'connect');
  const all = { host: address, ...json, ...headers, 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write(`${[`${head} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${body}`);
  await once(socket, 'readable');
  return socket.on('error', () => {});
}

/** Waits until this side is the only one that still holds a socket. */
const cut = () => until(() => openSockets() === 2, 'the server to end the stream');

describe('a client that does not read', () => {
  test.each([false, true])(
    'loses its stream beyond some megabytes, not its session: aside %j',
    async (aside) => {
      const url = await start();
      const headers = await begin(url);
      const args = { count: 600, kilobytes: 64, aside };
      if (aside) {
        await unread(url, 'GET /mcp', headers);
        await post(url, headers, call('flood', args));
      } else await unread(url, 'POST /mcp', headers, call('flood', args));
      await until(() => host.floods === 1);
      await cut();
      expect((await post(url, headers, call('echo', {}))).status).toBe(200);
    },
  );

  test('may take its time for one large message', async () => {
    const url = await start();
    const headers = await begin(url);
    const socket = await unread(url, 'POST /mcp', headers, call('flood', { count: 1, kilobytes: 20_000 }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await until(() => bytes > 20_000 * 1024);
  });

  test('but not longer than the deadline', async () => {
    const url = await start({ deadlines: { unread: 200 } });
    const headers = await begin(url);
    await unread(url, 'POST /mcp', headers, call('flood', { count: 1, kilobytes: 20_000 }));
    await cut();
  });
});

describe('what is kept for clients that resume', () => {
  /** Calls once, and returns the event ids of the answer. */
  async function ids(url: string, headers: Headers, text = 'hi'): Promise<string[]> {
    const answer = await post(url, headers, call('echo', { text }));
    return [...answer.text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '');
  }
  const resume = async (url: string, headers: Headers, [event = '']: string[]) =>
    (await raw(url, { method: 'GET', headers: { ...json, ...headers, 'last-event-id': event }, agent }))
      .status;

  test('is bounded over all sessions: the one silent longest gives up its oldest', async () => {
    const url = await start({ resumption: { maxTotalBytes: 10_000 } });
    const [silent, other, busy] = [await begin(url), await begin(url), await begin(url)];
    const text = 'x'.repeat(2500);
    const [first, second] = [await ids(url, silent, text), await ids(url, silent, text)];
    const third = await ids(url, other, text);
    await ids(url, busy, text);
    expect(await resume(url, silent, first)).toBe(400);
    expect(await resume(url, silent, second)).toBe(200);
    await ids(url, busy, text);
    await ids(url, busy, text);
    expect(await resume(url, silent, second)).toBe(400);
    expect(await resume(url, other, third)).toBe(400);
  });

  test('is no longer the answer to initialize, once the client says that it has it', async () => {
    const url = await start();
    const { headers, text } = await raw(url, { headers: json, body: initialize, agent });
    const session = { 'mcp-session-id': String(headers['mcp-session-id']) };
    const event = [/^id: (.*)$/m.exec(text)?.[1] ?? ''];
    expect(await resume(url, session, event)).toBe(200);
    await post(url, session, JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }));
    expect(await resume(url, session, event)).toBe(400);
    expect(await resume(url, session, (await ids(url, session)).slice(-1))).toBe(200);
  });

  test('is given back when a session ends', async () => {
    const url = await start({ resumption: { maxTotalBytes: 10_000 } });
    const kept = await begin(url);
    const event = await ids(url, kept);
    for (let n = 0; n < 5; n += 1) {
      const headers = await begin(url);
      await ids(url, headers, 'x'.repeat(2500));
      await raw(url, { method: 'DELETE', headers, agent });
    }
    expect(await resume(url, kept, event)).toBe(200);
  });
});

describe('abandoned sessions', () => {
  const count = 500;
  setFlagsFromString('--expose-gc');
  // The flag puts it into contexts that are made from then on.
  const gc = runInNewContext('gc') as () => void;

  async function heapNow(): Promise<number> {
    for (let n = 0; n < 4; n += 1) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return process.memoryUsage().heapUsed;
  }

  /** A session of which the client says nothing more; every other one with a stream that breaks. */
  async function abandon(url: string, nth: number): Promise<void> {
    const headers = await begin(url);
    if (nth % 2 === 1) (await unread(url, 'GET /mcp', headers)).resetAndDestroy();
  }

  test('expire, and leave nothing behind', async () => {
    const url = await start({ sessionIdle: 1000 });
    for (let nth = 0; nth < 50; nth += 1) await abandon(url, nth);
    await until(() => host.open === 0);
    const before = await heapNow();
    const servers: WeakRef<object>[] = [];
    const { createServer } = host;
    host.createServer = (origin) => {
      const server = createServer.call(host, origin);
      servers.push(new WeakRef(server));
      return server;
    };
    for (let nth = 0; nth < count; nth += 1) await abandon(url, nth);
    stop.splice(1); // this list would hold the sockets
    await until(() => host.open === 0);
    const left = (await heapNow()) - before;
    expect(servers.filter((server) => server.deref() !== undefined).length).toBeLessThan(5);
    // While they last, sessions take 5 MB.
    expect(left).toBeLessThan(1024 * 1024);
  });
});
