import { once } from 'node:events';
import { connect } from 'node:net';
import { SSEClientTransport as SseV2 } from '@modelcontextprotocol/client';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sse, type SseOptions } from '@reprise/transport-sse';
import { connectClient } from '../../http-edge/test/support/clients.js';
import { openSockets, raw, until } from '../../http-edge/test/support/raw-http.js';
import { TestHost } from '../../http-edge/test/support/test-host.js';

let host: TestHost;
let ends: (() => Promise<void>)[] = [];
beforeEach(() => {
  host = new TestHost();
});
afterEach(async () => {
  host.release();
  for (const end of ends.splice(0).toReversed()) await end();
});

async function start(options: SseOptions = {}) {
  const transport = sse({ port: 0, signals: false, ...options });
  await transport.start(host);
  ends.push(() => transport.close());
  const url = new URL(transport.address);
  const client = async (kind: 'v1' | 'v2 legacy', headers: Record<string, string> = {}) => {
    const options = { requestInit: { headers } };
    const connected = await connectClient(kind, {
      v1: () => new SseV1(url, options),
      v2: () => new SseV2(url, options),
    });
    ends.push(() => connected.close());
    return connected;
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    raw(new URL(path, url).href, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return { transport, url, client, post };
}

/** An event stream read by hand. */
async function openStream(url: URL) {
  const abort = new AbortController();
  const response = await fetch(url, { signal: abort.signal, headers: { accept: 'text/event-stream' } });
  const stream = {
    text: '',
    ended: false,
    broken: false,
    path: '',
    headers: response.headers,
    abort: () => abort.abort(),
  };
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of response.body ?? []) stream.text += decoder.decode(chunk as Uint8Array);
  })()
    .catch(() => (stream.broken = true))
    .finally(() => (stream.ended = true));
  await until(() => stream.text.includes('\n\n'));
  stream.path = /data: (.*)/.exec(stream.text)?.[1] ?? '';
  return stream;
}

const wait = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'wait' } };
const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };

describe.each(['v1', 'v2 legacy'] as const)('%s client', (kind) => {
  test('calls, is asked, and many calls at once keep apart', async () => {
    const { client } = await start();
    const { call, errors } = await client(kind);
    expect(await call('echo', { text: 'hello' })).toBe('hello');
    expect(await call('ask')).toBe('Ada');
    const texts = Array.from({ length: 50 }, (_, i) => `text ${i}`);
    expect(await Promise.all(texts.map((text) => call('echo', { text })))).toEqual(texts);
    expect(errors).toEqual([]);
    expect(host.origins).toEqual([{ era: 'legacy', transport: 'sse', lifetime: 'connection' }]);
  });

  test('hears the progress that comes right before the result', async () => {
    const { client } = await start();
    const { call } = await client(kind);
    for (let i = 0; i < 20; i += 1) {
      const ticks: number[] = [];
      await call('progress', {}, { onprogress: ({ progress }) => ticks.push(progress) });
      expect(ticks).toEqual([1, 2, 3]);
    }
  });

  test('headers reach the handler', async () => {
    const { client } = await start();
    const { call } = await client(kind, { 'x-who': 'ada' });
    expect(await call('header', { name: 'x-who' })).toBe('ada');
  });

  test('a call it cancels is aborted', async () => {
    const { client } = await start();
    const { call } = await client(kind);
    const cancel = new AbortController();
    const running = call('wait', {}, { signal: cancel.signal });
    await until(() => host.waits.begun === 1);
    cancel.abort();
    await expect(running).rejects.toThrow();
    await until(() => host.waits.aborted === 1);
  });

  test('answers a question also while the server drains', async () => {
    const { transport, client } = await start();
    const { call } = await client(kind);
    const asked = call('ask', { late: true });
    await until(() => host.waits.begun === 1);
    await transport.drain();
    host.release();
    expect(await asked).toBe('Ada');
    await expect(call('echo')).rejects.toThrow(/503|fetch/);
  });

  test('closing with a call running frees everything', async () => {
    const { transport, client } = await start();
    const { call, close } = await client(kind);
    const running = call('wait').catch((error: Error) => error.name);
    await until(() => host.waits.begun === 1);
    await transport.close();
    await until(() => host.waits.aborted === 1);
    await close();
    await running;
    await until(() => openSockets() === 0);
  });
});

describe('the stream', () => {
  test('names where to post, is not buffered, and is kept open by comments', async () => {
    const { url, post } = await start({ keepAlive: 20, messagesPath: '/in' });
    const stream = await openStream(url);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    expect(stream.path).toMatch(/^\/in\?sessionId=[\da-f-]{36}$/);
    await until(() => stream.text.split(': keep-alive\n\n').length > 2);
    expect((await post(stream.path, ping)).status).toBe(202);
    await until(() => stream.text.includes('"id":2'));
  });

  test('its end is the end of the session, and aborts what runs', async () => {
    const { url, post } = await start();
    const stream = await openStream(url);
    await post(stream.path, wait);
    await until(() => host.waits.begun === 1);
    stream.abort();
    await until(() => host.waits.aborted === 1);
    expect(await post(stream.path, ping)).toMatchObject({ status: 404, error: { code: -32001 } });
  });

  test('a stopping server ends it in order', async () => {
    const { transport, url } = await start();
    const stream = await openStream(url);
    await transport.close();
    await until(() => stream.ended);
    expect(stream.broken).toBe(false);
    expect(host.open).toBe(0);
  });

  test('a client that answers no ping gets its result all the same', async () => {
    const { url, post } = await start();
    const stream = await openStream(url);
    const params = { name: 'progress', _meta: { progressToken: 5 } };
    await post(stream.path, { jsonrpc: '2.0', id: 3, method: 'tools/call', params });
    await until(() => stream.text.includes('"method":"ping"'));
    expect(stream.text).not.toContain('"id":3');
    await until(() => stream.text.includes('"id":3'));
  });

  test('a client that does not read loses it beyond some megabytes, and with it its session', async () => {
    const { url, post } = await start();
    const { hostname, port } = url;
    const socket = connect({ host: hostname, port: Number(port) });
    ends.push(async () => void socket.destroy());
    socket.write(`GET /sse HTTP/1.1\r\nhost: ${url.host}\r\naccept: text/event-stream\r\n\r\n`);
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.on('error', () => {}).pause();
    const path = /data: (.*)/.exec(head.toString())?.[1] ?? '';
    const params = { name: 'flood', arguments: { count: 600, kilobytes: 64 } };
    await post(path, { jsonrpc: '2.0', id: 3, method: 'tools/call', params });
    await until(() => host.open === 0);
    expect((await post(path, wait)).status).toBe(404);
  });

  test('beyond the cap the one idle longest goes; when all run, the newcomer is refused', async () => {
    const { url, post } = await start({ maxSessions: 2 });
    const [a, b] = [await openStream(url), await openStream(url)];
    await post(a.path, wait);
    await until(() => host.waits.begun === 1);
    const c = await openStream(url);
    await until(() => b.ended);
    expect([a.ended, c.ended]).toEqual([false, false]);
    await post(c.path, wait);
    await until(() => host.waits.begun === 2);
    expect(await raw(url.href, { method: 'GET' })).toMatchObject({ status: 503, error: { code: -32000 } });
  });
});

describe('refusals', () => {
  test('sessions: none named, one unknown', async () => {
    const { post } = await start();
    for (const path of ['/messages', '/messages?sessionId=', '/messages?sessionId=stranger'])
      expect(await post(path, ping)).toMatchObject({
        status: 404,
        error: { code: -32001, message: 'Session not found' },
      });
  });

  test('methods, paths, media types, and broken JSON', async () => {
    const { url, post } = await start({ bodyLimit: 1000 });
    const { path } = await openStream(url);
    const messages = new URL(path, url).href;
    expect(await raw(url.href, { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    expect(await raw(messages, { method: 'GET' })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect((await post('/other', ping)).status).toBe(404);
    const headers = { accept: 'application/json' };
    expect((await raw(url.href, { method: 'GET', headers })).status).toBe(406);
    expect((await post(path, ping, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(path, { long: 'x'.repeat(1000) })).status).toBe(413);
    const broken = { headers: { 'content-type': 'application/json' }, body: '{' };
    expect(await raw(messages, broken)).toMatchObject({ status: 400, error: { code: -32700 } });
    expect(await post(path, { hello: 1 })).toMatchObject({ status: 400, error: { code: -32600 } });
  });

  test('Host and Origin, on both paths', async () => {
    const { url, post } = await start();
    const { path } = await openStream(url);
    for (const [name, value] of [
      ['host', 'evil.example'],
      ['origin', 'https://evil.example'],
    ] as const) {
      const headers = { [name]: value };
      expect((await post(path, ping, headers)).status).toBe(403);
      expect((await raw(url.href, { method: 'GET', headers })).status).toBe(403);
    }
  });

  test.each([
    ['path', { path: 'sse' }],
    ['path', { path: '/same', messagesPath: '/same' }],
    ['keepAlive', { keepAlive: 0 }],
    ['maxSessions', { maxSessions: -1 }],
  ])('%s that cannot work is refused', (name, options) => {
    expect(() => sse(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(name) }),
    );
  });
});
