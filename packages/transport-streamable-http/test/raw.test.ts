import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamableHttp, type StreamableHttpOptions } from '@reprise/transport-streamable-http';
import { raw, until, type RawAnswer } from '../../http-edge/test/support/raw-http.js';
import { TestHost } from '../../http-edge/test/support/test-host.js';

const both = 'application/json, text/event-stream';
const json = { 'content-type': 'application/json', accept: both };
const revision = '2026-07-28';

let host: TestHost;
let stop: (() => Promise<void>)[] = [];
beforeEach(() => {
  host = new TestHost();
});
afterEach(async () => {
  host.release();
  for (const close of stop.splice(0)) await close();
});

async function start(options: StreamableHttpOptions = {}) {
  const transport = streamableHttp({ port: 0, signals: false, ...options });
  await transport.start(host);
  stop.push(() => transport.close());
  const url = transport.address;
  return {
    transport,
    url,
    post: (body: unknown, headers: Record<string, string> = {}) =>
      raw(url, { headers: { ...json, ...headers }, body: JSON.stringify(body) }),
  };
}

function initialize(protocolVersion = '2025-11-25') {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  return { jsonrpc: '2.0', id: 0, method: 'initialize', params };
}

function modernCall(name: string, id = 1) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return {
    headers: { 'mcp-protocol-version': revision, 'mcp-method': 'tools/call', 'mcp-name': name },
    body: { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: { text: 'hi' }, _meta } },
  };
}

const call = (name: string, id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: { text: 'hi' } },
});

async function session({ post }: Awaited<ReturnType<typeof start>>, version = '2025-11-25') {
  const answer = await post(initialize(version));
  return { 'mcp-session-id': String(answer.headers['mcp-session-id']), 'mcp-protocol-version': version };
}

/** Status and JSON-RPC code, which is what a client decides by. */
const verdict = ({ status, error }: RawAnswer): [number, number | undefined] => [status, error?.code];

describe('one endpoint, two eras', () => {
  test('an initialize opens a session that streams', async () => {
    const server = await start();
    const answer = await server.post(initialize());
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/event-stream');
    expect(answer.headers['mcp-session-id']).toMatch(/^[\da-f-]{36}$/);
    expect(host.origins).toEqual([{ era: 'legacy', transport: 'streamable-http', lifetime: 'connection' }]);
  });

  test('a modern call is served by itself, as JSON, without a session', async () => {
    const { post } = await start();
    const { body, headers } = modernCall('echo');
    const answer = await post(body, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.headers['mcp-session-id']).toBeUndefined();
    expect(JSON.parse(answer.text)).toMatchObject({ id: 1, result: { content: [{ text: 'hi' }] } });
    expect(host.origins).toEqual([{ era: 'modern', transport: 'streamable-http', lifetime: 'request' }]);
  });

  test('headers reach the handler in both eras', async () => {
    const server = await start();
    const modern = modernCall('header');
    modern.body.params.arguments = { name: 'x-who' } as never;
    expect((await server.post(modern.body, { ...modern.headers, 'x-who': 'ada' })).text).toContain('ada');
    const legacy = { ...call('header', 1), params: { name: 'header', arguments: { name: 'x-who' } } };
    expect((await server.post(legacy, { ...(await session(server)), 'x-who': 'eve' })).text).toContain('eve');
  });

  test('the modern answers for faults keep their codes and ids', async () => {
    const { post } = await start();
    const { body, headers } = modernCall('echo', 42);
    const wrongName = await post(body, { ...headers, 'mcp-name': 'other' });
    expect(verdict(wrongName)).toEqual([400, -32020]);
    expect(JSON.parse(wrongName.text).id).toBe(42);
    const future = structuredClone(body);
    future.params._meta['io.modelcontextprotocol/protocolVersion'] = '2099-01-01';
    expect(verdict(await post(future, { ...headers, 'mcp-protocol-version': '2099-01-01' }))).toEqual([
      400, -32022,
    ]);
  });
});

describe('refusals', () => {
  test.each([
    ['PUT', 405, 'GET, POST, DELETE'],
    ['PATCH', 405, 'GET, POST, DELETE'],
    ['OPTIONS', 405, 'GET, POST, DELETE'],
  ])('%s is answered %i with Allow', async (method, status, allow) => {
    const { url } = await start();
    expect(await raw(url, { method })).toMatchObject({ status, headers: { allow } });
  });

  test.each(['GET', 'DELETE'])('%s is no method of the modern era', async (method) => {
    const { url } = await start();
    const headers = { 'mcp-protocol-version': revision, accept: both };
    expect(await raw(url, { method, headers })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  test('other paths are unknown', async () => {
    const { url } = await start();
    expect(verdict(await raw(`${url}/x`, { headers: json, body: '{}' }))).toEqual([404, -32000]);
  });

  test.each(['application/json', 'text/event-stream', 'text/html'])(
    'Accept %s alone is answered 406',
    async (accept) => {
      const { post } = await start();
      expect(verdict(await post(initialize(), { accept }))).toEqual([406, -32000]);
      const { body, headers } = modernCall('echo');
      expect(verdict(await post(body, { ...headers, accept }))).toEqual([406, -32000]);
      expect(host.origins).toEqual([]);
    },
  );

  test('a GET that accepts no stream is answered 406', async () => {
    const server = await start();
    const headers = { ...(await session(server)), accept: 'application/json' };
    expect(verdict(await raw(server.url, { method: 'GET', headers }))).toEqual([406, -32000]);
  });

  test('media type, size, and broken JSON', async () => {
    const { url, post } = await start({ bodyLimit: 2000 });
    expect(verdict(await post({}, { 'content-type': 'text/plain' }))).toEqual([415, -32000]);
    expect(verdict(await post({ long: 'x'.repeat(2000) }))).toEqual([413, -32000]);
    expect(verdict(await raw(url, { headers: json, body: '{"jsonrpc"' }))).toEqual([400, -32700]);
    expect(verdict(await raw(url, { headers: json, body: '' }))).toEqual([400, -32700]);
    for (const body of [{}, [], 1, null, { jsonrpc: '1.0', id: 1, method: 'x' }])
      expect(verdict(await post(body))).toEqual([400, -32600]);
  });

  test('sessions: none named, one unknown', async () => {
    const { url, post } = await start();
    expect(verdict(await post(call('echo', 1)))).toEqual([400, -32000]);
    const headers = { 'mcp-session-id': 'stranger', accept: both };
    expect(verdict(await post(call('echo', 1), headers))).toEqual([404, -32001]);
    for (const method of ['GET', 'DELETE']) {
      expect(verdict(await raw(url, { method, headers }))).toEqual([404, -32001]);
      expect(verdict(await raw(url, { method, headers: { accept: both } }))).toEqual([400, -32000]);
    }
  });

  test('Host and Origin', async () => {
    const { post } = await start();
    expect(verdict(await post(initialize(), { host: 'evil.example' }))).toEqual([403, -32000]);
    expect(verdict(await post(initialize(), { origin: 'https://evil.example' }))).toEqual([403, -32000]);
    expect(host.origins).toEqual([]);
  });

  test.each([
    ['path', { path: 'mcp' }],
    ['sessionIdle', { sessionIdle: 0 }],
    ['maxSessions', { maxSessions: 0 }],
    ['keepAlive', { keepAlive: Number.NaN }],
  ])('%s that cannot work is refused', (_, options) => {
    expect(() => streamableHttp(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

describe('sessions', () => {
  test('DELETE ends one, and aborts what runs in it', async () => {
    const server = await start();
    const headers = await session(server);
    const running = server.post(call('wait', 5), headers);
    await until(() => host.waits.begun === 1);
    expect((await raw(server.url, { method: 'DELETE', headers })).status).toBe(200);
    await running;
    await until(() => host.waits.aborted === 1);
    expect(verdict(await server.post(call('echo', 6), headers))).toEqual([404, -32001]);
  });

  test('idle ones expire; not while a call runs, even when its stream broke', async () => {
    const server = await start({ sessionIdle: 80 });
    const [idle, busy] = [await session(server), await session(server)];
    const broken = new AbortController();
    const running = fetch(server.url, {
      method: 'POST',
      headers: { ...json, ...busy },
      body: JSON.stringify(call('wait', 1)),
      signal: broken.signal,
    });
    await running;
    broken.abort();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(verdict(await server.post(call('echo', 2), idle))).toEqual([404, -32001]);
    expect((await server.post(call('echo', 2), busy)).status).toBe(200);
    expect(host.waits).toEqual({ begun: 1, aborted: 0 });
    host.release();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(verdict(await server.post(call('echo', 3), busy))).toEqual([404, -32001]);
  });

  test('beyond the cap the one idle longest goes; when all run, the newcomer is refused', async () => {
    const server = await start({ maxSessions: 2 });
    const [a, b] = [await session(server), await session(server)];
    await server.post(call('echo', 1), a);
    const c = await session(server);
    expect((await server.post(call('echo', 2), b)).status).toBe(404);
    const running = [server.post(call('wait', 3), a), server.post(call('wait', 3), c)];
    await until(() => host.waits.begun === 2);
    expect(await server.post(initialize())).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    host.release();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('a cancelled call ends its response, without an answer', async () => {
    const server = await start();
    const headers = { ...(await session(server)), 'mcp-protocol-version': '2025-06-18' };
    const running = server.post(call('wait', 9), headers);
    await until(() => host.waits.begun === 1);
    await server.post(
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } },
      headers,
    );
    expect((await running).text).toBe('');
    expect(host.waits.aborted).toBe(1);
  });

  test('in a batch, cancelling one call leaves the answers of the others', async () => {
    const server = await start();
    const headers = await session(server, '2025-03-26');
    let text = '';
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify([call('wait', 1), call('wait', 2)]),
    });
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => {});
    await until(() => host.waits.begun === 2);
    await server.post(
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
      headers,
    );
    await until(() => host.waits.aborted === 1);
    host.release();
    await until(() => text.includes('"id":2'));
    await stop.pop()?.();
    await reading;
  });
});
