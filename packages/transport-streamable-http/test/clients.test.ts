import { StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamableHttp, type StreamableHttpOptions } from '@reprise/transport-streamable-http';
import { connectClient, type ClientKind } from '../../http-edge/test/support/clients.js';
import { openSockets, raw, until } from '../../http-edge/test/support/raw-http.js';
import { TestHost } from '../../http-edge/test/support/test-host.js';

const kinds: ClientKind[] = ['v1', 'v2 legacy', 'v2 modern'];
const reconnectionOptions = {
  initialReconnectionDelay: 10,
  maxReconnectionDelay: 50,
  reconnectionDelayGrowFactor: 1,
  maxRetries: 3,
};

let host: TestHost;
let ends: (() => Promise<void>)[] = [];
beforeEach(() => {
  host = new TestHost();
});
afterEach(async () => {
  host.release();
  for (const end of ends.splice(0).toReversed()) await end();
});

async function start(options: StreamableHttpOptions = {}) {
  const transport = streamableHttp({ port: 0, signals: false, ...options });
  await transport.start(host);
  ends.push(() => transport.close());
  const url = new URL(transport.address);
  const client = async (kind: ClientKind) => {
    const connected = await connectClient(kind, {
      v1: () => new HttpV1(url, { reconnectionOptions }),
      v2: () => new HttpV2(url, { reconnectionOptions }),
    });
    ends.push(() => connected.close());
    return connected;
  };
  return { transport, url, client };
}

describe.each(kinds)('%s client', (kind) => {
  test('calls, hears every tick of progress, many calls at once keep apart', async () => {
    const { client } = await start();
    const { call, errors } = await client(kind);
    expect(await call('echo', { text: 'hello' })).toBe('hello');
    const ticks: number[] = [];
    await call('progress', {}, { onprogress: ({ progress }) => ticks.push(progress) });
    expect(ticks).toEqual([1, 2, 3]);
    const texts = Array.from({ length: 50 }, (_, i) => `text ${i}`);
    expect(await Promise.all(texts.map((text) => call('echo', { text })))).toEqual(texts);
    expect(errors).toEqual([]);
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
    expect(await call('echo', { text: 'still here' })).toBe('still here');
  });

  test('closing with streams open and a call running frees everything', async () => {
    const { transport, client } = await start();
    const connected = await client(kind);
    await connected.onToolsChanged(() => {});
    const running = connected.call('wait').catch((error: Error) => error.name);
    await until(() => host.waits.begun === 1);
    await transport.drain();
    await transport.close();
    await until(() => host.waits.aborted === 1);
    await connected.close();
    await running;
    await until(() => openSockets() === 0);
  });
});

describe.each(['v1', 'v2 legacy'] as const)('%s client in its session', (kind) => {
  test('answers questions on the stream of the call', async () => {
    const { client } = await start();
    expect(await (await client(kind)).call('ask')).toBe('Ada');
  });

  test('answers a question also while the server drains', async () => {
    const { transport, client } = await start();
    const { call } = await client(kind);
    await call('echo');
    const asked = call('ask', { late: true });
    await until(() => host.waits.begun === 1);
    await transport.drain();
    host.release();
    expect(await asked).toBe('Ada');
    await expect(call('echo')).rejects.toThrow();
  });

  test('gets the answer of a call whose stream broke', async () => {
    const { client } = await start();
    const dropped = (await client(kind)).call('drop', { text: 'late' });
    await until(() => host.waits.begun === 1);
    host.release();
    expect(await dropped).toBe('late');
  });
});

test('a modern client hears of changes through the bus, and learns when the stream ends', async () => {
  const { transport, client } = await start();
  const { onToolsChanged } = await client('v2 modern');
  let heard = 0;
  await onToolsChanged(() => (heard += 1));
  host.changes.publish({ kind: 'tools_list_changed' });
  await until(() => heard === 1);
  expect(host.changes.listenerCount).toBe(1);
  await transport.close();
  expect(host.changes.listenerCount).toBe(0);
});

describe('resuming', () => {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

  async function open(options: StreamableHttpOptions = {}) {
    const { url } = await start(options);
    const post = (body: object, more = {}) =>
      fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
    const session = async () => {
      const params = {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'raw', version: '1' },
      };
      const response = await post({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
      await response.text();
      return {
        'mcp-session-id': response.headers.get('mcp-session-id') ?? '',
        'mcp-protocol-version': '2025-11-25',
      };
    };
    const call = (id: number, name: string, more: object) =>
      post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: { text: 'hi' } } }, more);
    const resume = (from: string, more: object) =>
      raw(url.href, { method: 'GET', headers: { ...headers, ...more, 'last-event-id': from } });
    return { session, call, resume };
  }

  const idsIn = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '');

  test('replays what came after the last event, and only of that stream', async () => {
    const { session, call, resume } = await open();
    const mine = await session();
    const first = await (await call(1, 'echo', mine)).text();
    await (await call(2, 'echo', mine)).text();
    const [primed, answered] = idsIn(first);
    const replayed = await resume(primed!, mine);
    expect(replayed.status).toBe(200);
    expect(idsIn(replayed.text)).toEqual([answered]);
    expect(replayed.text).toContain('"id":1');
    expect((await resume(answered!, mine)).text).toBe('');
  });

  test('streams begin with the time after which to come back for the rest', async () => {
    const beginningOf = async (options?: StreamableHttpOptions) => {
      const { session, call } = await open(options);
      return (await call(1, 'echo', await session())).text();
    };
    expect(await beginningOf()).toMatch(/^id: .*\nretry: 1000\ndata: \n\n/);
    expect(await beginningOf({ reconnectDelay: 50 })).toMatch(/^id: .*\nretry: 50\n/);
  });

  test('refuses the event of another session, and one it no longer has', async () => {
    const { session, call, resume } = await open({ resumption: { maxEvents: 2 } });
    const [mine, other] = [await session(), await session()];
    const [old] = idsIn(await (await call(1, 'echo', mine)).text());
    // The other session has an event of that number, too.
    await (await call(1, 'echo', other)).text();
    expect((await resume(old!, other)).status).toBe(400);
    expect((await resume(old!, mine)).status).toBe(200);
    await (await call(2, 'echo', mine)).text();
    expect((await resume(old!, mine)).status).toBe(400);
  });

  test('the log is bounded in bytes too', async () => {
    const { session, call, resume } = await open({ resumption: { maxBytes: 60 } });
    const mine = await session();
    const [primed, answered] = idsIn(await (await call(1, 'echo', mine)).text());
    expect((await resume(primed!, mine)).status).toBe(400);
    expect((await resume(answered!, mine)).status).toBe(400);
  });

  test('switched off, events have no ids', async () => {
    const { session, call } = await open({ resumption: false });
    expect(idsIn(await (await call(1, 'echo', await session())).text())).toEqual([]);
  });
});
