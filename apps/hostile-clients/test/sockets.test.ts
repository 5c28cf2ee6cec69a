import { execFileSync } from 'node:child_process';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { sse } from '@reprise/transport-sse';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Desk } from '../src/desk.js';
import { Victim } from './support/victim.js';
import { both, dial, head, initialize, rest, send } from './support/wire.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const hello = JSON.stringify(initialize());

/** Opens a stream of HTTP+SSE: where to post, until its end. */
async function endpoint(url: URL): Promise<{ address: URL; end: () => void }> {
  const stop = new AbortController();
  const stream = await fetch(url, { signal: stop.signal });
  const first = await stream.body?.getReader().read();
  const path = /data: (\S+)/.exec(new TextDecoder().decode(first?.value))?.[1] ?? '';
  return { address: new URL(path, url), end: () => stop.abort() };
}

interface Options {
  deadlines?: { headers?: number; request?: number };
  maxConnections?: number;
  cors?: string[];
}

const stands = {
  async 'Streamable HTTP'(options: Options) {
    const transport = streamableHttp({ port: 0, signals: false, ...options });
    return { transport, post: () => Promise.resolve(new URL(transport.address)), ok: 200 };
  },
  async 'HTTP+SSE'(options: Options) {
    const transport = sse({ port: 0, signals: false, ...options });
    const post = async () => {
      const { address, end } = await endpoint(new URL(transport.address));
      ends.push(async () => end());
      return address;
    };
    return { transport, post, ok: 202 };
  },
};

describe.each(Object.keys(stands) as (keyof typeof stands)[])('hostile sockets, %s', (name) => {
  async function start(options: Options = {}) {
    const { transport, post, ok } = await stands[name](options);
    const server = new Desk({ logLevel: 'emergency' });
    await server.start(transport);
    ends.push(() => server.stop());
    const url = await post();
    const works = async () =>
      expect((await fetch(await post(), { method: 'POST', headers: both, body: hello })).status).toBe(ok);
    return { url, works };
  }

  test('Host alone and Origin alone are refused, whatever the other says; two Hosts are', async () => {
    const { url } = await start();
    const answer = async (headers: Record<string, string>) =>
      (
        await send(url, `${head(url, { 'Content-Length': hello.length, ...headers })}${hello}`, {
          until: /\}$/,
        })
      ).text;
    expect(await answer({ Origin: 'https://evil.example' })).toMatch(/^HTTP\/1\.1 403 .*"error"/s);
    expect(await answer({ Host: 'evil.example' })).toMatch(/^HTTP\/1\.1 403 .*"error"/s);
    expect(await answer({ Host: 'evil.example', Origin: 'http://localhost' })).toMatch(/^HTTP\/1\.1 403 /);
    expect(await answer({ HOST: 'evil.example' })).toMatch(/^HTTP\/1\.1 400 .*more than one Host/s);
  });

  test('CORS is off unless configured, and then for exact origins', async () => {
    const plain = await start();
    const headers = { ...both, origin: 'http://localhost:5173' };
    const closed = await fetch(plain.url, { method: 'POST', headers, body: hello });
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();
    const open = await start({ cors: ['https://app.example'] });
    const allowed = async (origin: string) => {
      const answer = await fetch(open.url, { method: 'POST', headers: { ...both, origin }, body: hello });
      return [answer.status < 300, answer.headers.get('access-control-allow-origin')];
    };
    expect(await allowed('https://app.example')).toEqual([true, 'https://app.example']);
    expect(await allowed('https://app.example.evil.example')).toEqual([false, null]);
    expect(await allowed('http://app.example')).toEqual([false, null]);
  });

  test.each([
    ['half of a message', '{"jsonrpc"', 400, -32700],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, -32700],
    ['10,000 levels of arrays', '['.repeat(10_000) + ']'.repeat(10_000), 400, -32600],
    ['10,000 levels of objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), 400, -32600],
  ])('%s is an error of JSON-RPC, never HTML', async (_, body, status, code) => {
    const { url, works } = await start();
    const answer = await fetch(url, { method: 'POST', headers: both, body });
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { jsonrpc: '2.0', error: { code }, id: null },
    ]);
    await works();
  });

  test('what is no JSON in UTF-8, plain, is answered 415', async () => {
    const { url } = await start();
    const status = async (headers: Record<string, string>, body: string | Uint8Array = hello) =>
      (await fetch(url, { method: 'POST', headers: { ...both, ...headers }, body })).status;
    expect(await status({ 'content-encoding': 'gzip' }, gzipSync(hello))).toBe(415);
    expect(await status({ 'content-type': 'application/json; charset=iso-8859-1' })).toBe(415);
    expect(await status({ 'content-type': 'text/html' })).toBe(415);
    expect(await status({ 'content-type': 'application/json; charset="UTF-8"' })).toBeLessThan(300);
  });

  test.each([
    ['gigantic headers', (url: URL) => head(url, { X: 'a'.repeat(20_000) }), 431],
    ['bytes that are no HTTP', () => '\x16\x03\x01\x00\xc8\x01\x00\r\n\r\n', 400],
    ['two lengths', (url: URL) => head(url, { 'Content-Length': 4, 'content-length': 5 }) + 'abcde', 400],
    [
      'a length and chunks',
      (url: URL) => `${head(url, { 'Content-Length': 4, 'Transfer-Encoding': 'chunked' })}0\r\n\r\n`,
      400,
    ],
    [
      'a chunk of impossible size',
      (url: URL) => `${head(url, { 'Transfer-Encoding': 'chunked' })}${'F'.repeat(20)}\r\n`,
      400,
    ],
    ['a body announced beyond the limit', (url: URL) => head(url, { 'Content-Length': 99_999_999 }), 413],
  ])('%s: a plain refusal, and the socket is closed', async (_, bytes, status) => {
    const { url, works } = await start();
    const heard = await send(url, bytes(url));
    expect(heard).toMatchObject({ isClosed: true });
    expect(heard.text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(heard.text).not.toMatch(/<html|\n\s+at /i);
    await works();
  });

  test('a header that comes after thousands of others is still looked at', async () => {
    const { url } = await start();
    const many = 'a:b\r\n'.repeat(2100);
    const text = head(url, { 'Content-Length': 2 }).replace(
      '\r\n\r\n',
      `\r\n${many}Origin: https://evil.example\r\n\r\n{}`,
    );
    expect((await send(url, text, { until: /\}$/ })).text).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('slow headers, slow bodies and silent sockets meet a deadline', async () => {
    const { url, works } = await start({ deadlines: { headers: 200, request: 2500 } });
    const slow = (text: string, patience = 1800) => send(url, text, { patience });
    const [headers, body, silent] = await Promise.all([
      slow(head(url).slice(0, -2)),
      slow(`${head(url, { 'Content-Length': 100 })}{"jso`, 6000),
      slow(''),
    ]);
    for (const heard of [headers, body]) expect(heard.text).toMatch(/^HTTP\/1\.1 408 /);
    for (const heard of [headers, body, silent]) expect(heard.isClosed).toBe(true);
    await works();
  });

  test('a socket that is half closed is answered if the request is whole, and let go if it is not', async () => {
    const { url, works } = await start();
    const whole = await send(
      url,
      `${head(url, { 'Content-Length': hello.length, Connection: 'close' })}${hello}`,
      {
        halfClose: true,
      },
    );
    expect(whole.text).toMatch(/^HTTP\/1\.1 20[02] /);
    const part = await send(url, `${head(url, { 'Content-Length': 100 })}{"jso`, { halfClose: true });
    expect([part.isClosed, part.text]).toEqual([true, expect.stringMatching(/^HTTP\/1\.1 400 /)]);
    await works();
  });

  test('connections beyond the cap are closed', async () => {
    const { url } = await start({ maxConnections: 5 });
    const sockets = await Promise.all(Array.from({ length: 12 }, () => dial(url)));
    let closed = 0;
    for (const socket of sockets) socket.on('error', () => {}).once('close', () => (closed += 1));
    for (const end = Date.now() + 3000; closed < 7 && Date.now() < end;) await rest(10);
    expect(closed).toBeGreaterThanOrEqual(7);
    expect(closed).toBeLessThan(12);
    for (const socket of sockets) socket.destroy();
  });

  test.each(['HEAD', 'OPTIONS', 'PUT', 'TRACE'])('%s is answered 405', async (method) => {
    const { url } = await start();
    const { text } = await send(url, head(url).replace('POST', method), { until: /\r\n\r\n/ });
    expect(text).toMatch(/^HTTP\/1\.1 405 .*allow: /is);
  });
});

/** Half of the limit is for the rest of the process. */
const crowd = Math.min(10_000, Math.floor(Number(execFileSync('sh', ['-c', 'ulimit -n'])) / 2) || 10_000);

test.each([
  ['streamable-http', 200],
  ['sse', 202],
] as const)(
  '%s: thousands of idle sockets do not keep a good request from its answer',
  async (name, ok) => {
    const victim = await Victim.start(name);
    ends.push(() => victim.stop());
    const url = new URL(victim.address);
    const post = async () => {
      const { address, end } = name === 'sse' ? await endpoint(url) : { address: url, end: () => {} };
      const { status } = await fetch(address, { method: 'POST', headers: both, body: hello });
      end();
      return status;
    };
    const idle: Socket[] = [];
    while (idle.length < crowd)
      idle.push(
        ...(await Promise.all(Array.from({ length: Math.min(200, crowd - idle.length) }, () => dial(url)))),
      );
    for (const socket of idle) socket.on('error', () => {});
    const from = performance.now();
    expect(await post()).toBe(ok);
    const took = Math.round(performance.now() - from);
    const open = idle.filter(({ destroyed, readable }) => !destroyed && readable).length;
    process.stdout.write(`${name}: ${open} idle sockets of ${crowd}, a good request took ${took} ms\n`);
    expect(open).toBeGreaterThan(crowd / 2);
    for (const socket of idle) socket.destroy();
    expect(await post()).toBe(ok);
    victim.requireLife();
  },
  60_000,
);
