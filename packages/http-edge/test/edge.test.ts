import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpEdge, Refusal, replyAccepted, type EdgeOptions, type Exchange } from '@reprise/http-edge';
import { raw, until } from './support/raw-http.js';
import { TestHost } from './support/test-host.js';

const json = { 'content-type': 'application/json' };

let edges: HttpEdge[] = [];
let host: TestHost;
beforeEach(() => {
  host = new TestHost();
});
afterEach(async () => {
  for (const edge of edges.splice(0)) await edge.close();
});

async function start(options: EdgeOptions = {}, post?: (exchange: Exchange) => Promise<void> | void) {
  const edge = new HttpEdge(
    'test()',
    { port: 0, signals: false, ...options },
    {
      '/mcp': {
        POST:
          post ??
          (async ({ res, readMessage }) => {
            const body = JSON.stringify(await readMessage());
            res.writeHead(200, json).end(body);
          }),
        DELETE: ({ res }) => replyAccepted(res),
      },
    },
  );
  await edge.start(host);
  edges.push(edge);
  return { edge, url: `${edge.origin}/mcp` };
}

describe('routing', () => {
  test('serves a path and method, with the query apart', async () => {
    const { url } = await start({}, ({ res, query }) => void res.end(query.get('a')));
    expect((await raw(`${url}?a=1`, {})).text).toBe('1');
  });

  test('answers 404 and 405 with Allow as JSON-RPC errors', async () => {
    const { edge, url } = await start();
    expect(await raw(`${edge.origin}/other`, {})).toMatchObject({ status: 404, error: { code: -32000 } });
    expect(await raw(`${edge.origin}/toString`, {})).toMatchObject({ status: 404 });
    const wrong = await raw(url, { method: 'PUT' });
    expect(wrong).toMatchObject({ status: 405, error: { code: -32000 }, headers: { allow: 'POST, DELETE' } });
    expect(await raw(url, { method: 'OPTIONS' })).toMatchObject({ status: 405 });
  });

  test('keeps the message of an unexpected error to the log', async () => {
    const { url } = await start({}, () => {
      throw new Error('the password is 1234');
    });
    const answer = await raw(url, {});
    expect(answer).toMatchObject({ status: 500, error: { code: -32603, message: 'Internal error' } });
    expect(answer.text).not.toContain('1234');
    expect(host.logged).toEqual(['error test(): the password is 1234']);
  });

  test('ends an answer that failed half way', async () => {
    const { url } = await start({}, ({ res }) => {
      res.write('half');
      throw new Error('broke');
    });
    await expect(raw(url, {})).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  test('answers with the status, code and headers of a Refusal', async () => {
    const { url } = await start({}, () => {
      throw new Refusal(429, -32000, 'Slow down', { 'retry-after': '7' });
    });
    expect(await raw(url, {})).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7', 'content-type': 'application/json' },
      error: { message: 'Slow down' },
    });
  });
});

describe('the guard', () => {
  test.each([
    ['localhost', 200],
    ['localhost:80', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:3000', 200],
    ['[::1]:3000', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['localhost@evil.example', 403],
    ['evil.example/localhost', 403],
    ['localhost/evil', 403],
    ['localhost:99999', 403],
  ])('Host %j is answered %i', async (header, status) => {
    const { url } = await start();
    expect((await raw(url, { headers: { ...json, host: header }, body: '{}' })).status).toBe(status);
  });

  test.each([
    ['http://localhost:5173', 200],
    ['https://127.0.0.1', 200],
    ['http://[::1]:8080', 200],
    ['https://evil.example', 403],
    ['http://localhost.evil.example', 403],
    ['null', 403],
    ['chrome-extension://localhost', 403],
    ['', 403],
  ])('Origin %j is answered %i', async (origin, status) => {
    const { url } = await start();
    expect((await raw(url, { headers: { ...json, origin }, body: '{}' })).status).toBe(status);
  });

  test('an allowed header of one kind does not excuse the other', async () => {
    const { url } = await start({ allowedHosts: ['mcp.example'], allowedOrigins: ['app.example'] });
    const answer = async (headers: Record<string, string>) =>
      (await raw(url, { headers: { ...json, ...headers }, body: '{}' })).status;
    expect(await answer({ host: 'mcp.example', origin: 'https://app.example' })).toBe(200);
    expect(await answer({ host: 'mcp.example', origin: 'https://mcp.example' })).toBe(403);
    expect(await answer({ host: 'app.example', origin: 'https://app.example' })).toBe(403);
  });

  test("'any' turns one check off and leaves the other", async () => {
    const { url } = await start({ allowedHosts: 'any' });
    expect((await raw(url, { headers: { ...json, host: 'x.example' }, body: '{}' })).status).toBe(200);
    const headers = { ...json, host: 'x.example', origin: 'https://x.example' };
    expect((await raw(url, { headers, body: '{}' })).status).toBe(403);
  });

  test('stands before everything else', async () => {
    const { edge } = await start({ cors: ['https://app.example'] });
    const headers = { origin: 'https://evil.example' };
    expect((await raw(`${edge.origin}/other`, { headers })).status).toBe(403);
    const preflight = await raw(`${edge.origin}/mcp`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(403);
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('CORS', () => {
  test('is off by default, also for allowed origins', async () => {
    const { url } = await start();
    const answer = await raw(url, { headers: { ...json, origin: 'http://localhost' }, body: '{}' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('names the one origin, exactly, and answers the preflight', async () => {
    const { url } = await start({ cors: ['https://app.example'] });
    const headers = { ...json, origin: 'https://app.example' };
    const answer = await raw(url, { headers, body: '{}' });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': 'https://app.example',
        'access-control-expose-headers': expect.stringContaining('mcp-session-id'),
        vary: 'Origin',
      },
    });
    const preflight = await raw(url, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-headers': 'mcp-param-city, x-other' },
    });
    expect(preflight).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-methods': 'POST, DELETE, OPTIONS' },
    });
    const allowed = preflight.headers['access-control-allow-headers'];
    expect(allowed).toContain('mcp-session-id');
    expect(allowed).toContain('mcp-param-city');
    expect(allowed).not.toContain('x-other');
    const other = await raw(url, { headers: { ...headers, origin: 'https://app.example:8443' }, body: '{}' });
    expect(other.status).toBe(403);
  });
});

describe('bodies', () => {
  test.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
    ['text/plain', 415],
    ['application/json-patch+json', 415],
    ['', 415],
  ])('Content-Type %j is answered %i', async (type, status) => {
    const { url } = await start();
    expect((await raw(url, { headers: { 'content-type': type }, body: '{}' })).status).toBe(status);
  });

  test('a compressed body is answered 415 with what is accepted', async () => {
    const { url } = await start();
    const answer = await raw(url, { headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' });
    expect(answer).toMatchObject({ status: 415, headers: { 'accept-encoding': 'identity' } });
  });

  test.each([
    ['nothing', ''],
    ['half an object', '{"a":'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('%s is answered 400 with the parse error', async (_, body) => {
    const { url } = await start();
    expect(await raw(url, { headers: json, body })).toMatchObject({ status: 400, error: { code: -32700 } });
  });

  test('the limit counts bytes, announced or not, and the last byte is still served', async () => {
    const { url } = await start({ bodyLimit: 1000 });
    const fits = JSON.stringify('ä'.repeat(499));
    expect(Buffer.byteLength(fits)).toBe(1000);
    expect((await raw(url, { headers: json, body: fits })).status).toBe(200);
    const tooLong = JSON.stringify('ä'.repeat(500));
    expect(await raw(url, { headers: json, body: tooLong })).toMatchObject({
      status: 413,
      error: { code: -32000, message: 'The body is larger than 1000 bytes' },
      headers: { connection: 'close' },
    });
    const chunked = { ...json, 'transfer-encoding': 'chunked' };
    expect((await raw(url, { headers: chunked, body: tooLong })).status).toBe(413);
  });

  test('five megabytes are refused by default', async () => {
    const { url } = await start();
    for (let i = 0; i < 5; i += 1)
      expect((await raw(url, { headers: json, body: Buffer.alloc(5e6, 32) })).status).toBe(413);
  });

  test('a client that hangs up in the middle is nobody’s error', async () => {
    const { edge } = await start();
    const socket = connect(Number(new URL(edge.origin).port), '127.0.0.1');
    socket.write('POST /mcp HTTP/1.1\r\nhost: localhost\r\n');
    socket.write('content-type: application/json\r\ncontent-length: 99\r\n\r\n{');
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
    await until(() => host.logged.length > 0);
    expect(host.logged).toEqual(['debug test(): aborted']);
  });
});

describe('the address', () => {
  test('a taken port says what to do', async () => {
    const { edge } = await start();
    const { port } = new URL(edge.origin);
    const second = new HttpEdge('test()', { port: Number(port), signals: false }, {});
    await expect(second.start(host)).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
      where: 'test()',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`),
      fix: expect.stringContaining(String(Number(port) + 1)),
    });
    await second.close();
  });

  test('an address of another machine is named', async () => {
    const edge = new HttpEdge(
      'test()',
      { port: 0, host: '192.0.2.1', allowedHosts: 'any', signals: false },
      {},
    );
    await expect(edge.start(host)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });

  test.each<[string, EdgeOptions & { port: number }, RegExp]>([
    ['no port', { port: 70_000 }, /port is 70000/],
    ['no limit', { port: 0, bodyLimit: 0 }, /bodyLimit is 0/],
    ['an origin with a path', { port: 0, cors: ['https://app.example/'] }, /cors is "https:/],
    ['a star as origin', { port: 0, cors: ['*'] }, /cors is "\*"/],
    ['a public address without names', { port: 0, host: '0.0.0.0' }, /allowedHosts/],
  ])('%s is refused', (_, options, message) => {
    expect(() => new HttpEdge('test()', options, {})).toThrow(message);
  });

  test('names what a client can use', () => {
    const origin = (options: EdgeOptions) => new HttpEdge('test()', { port: 3000, ...options }, {}).origin;
    expect(origin({})).toBe('http://127.0.0.1:3000');
    expect(origin({ host: '::1' })).toBe('http://[::1]:3000');
    expect(origin({ host: '0.0.0.0', allowedHosts: 'any' })).toBe('http://localhost:3000');
    expect(origin({ host: '0.0.0.0', allowedHosts: ['mcp.example'] })).toBe('http://mcp.example:3000');
  });

  test('one transport starts once', async () => {
    const { edge } = await start();
    await expect(edge.start(host)).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});

describe('stopping', () => {
  test('drained, it takes no call, but answers and notices, on new connections as well', async () => {
    const { edge, url } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (body: object) => raw(url, { headers: json, body: JSON.stringify(body), agent });
    expect((await post({ id: 1, method: 'tools/call' })).status).toBe(200);
    await edge.drain();
    expect((await post({ id: 7, result: {} })).status).toBe(200);
    const late = { headers: json, body: '{"id":8,"result":{}}', agent: new Agent() };
    expect((await raw(url, late)).status).toBe(200);
    expect((await post({ method: 'notifications/cancelled' })).status).toBe(200);
    expect(await post({ id: 2, method: 'tools/call' })).toMatchObject({
      status: 503,
      error: { code: -32000 },
      headers: { connection: 'close' },
    });
    await edge.close();
    await expect(raw(url, late)).rejects.toThrow(/ECONNREFUSED/);
    agent.destroy();
  });

  test('close lets an answer that is being written arrive', async () => {
    const { edge, url } = await start({}, ({ res }) => {
      res.write('one, ');
      setTimeout(() => res.end('two'), 50);
    });
    const answer = raw(url, {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    await edge.close();
    expect((await answer).text).toBe('one, two');
  });

  test('close does not wait for an answer that never ends', async () => {
    const { edge, url } = await start({}, ({ res }) => void res.write('for ever'));
    const answer = raw(url, {}).catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const begun = Date.now();
    await edge.close();
    expect(Date.now() - begun).toBeLessThan(1000);
    expect(await answer).toMatch(/aborted|hang up|ECONNRESET/);
  });

  test('close before start, and twice, is harmless', async () => {
    const edge = new HttpEdge('test()', { port: 0 }, {});
    await edge.close();
    await edge.close();
  });
});
