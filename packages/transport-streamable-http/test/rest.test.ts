import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamableHttp, type StreamableHttpOptions } from '@reprise/transport-streamable-http';
import { raw, type RawAnswer, until } from '../../http-edge/test/support/raw-http.js';
import { Diary } from './support/diary.js';
import { Watched } from './support/watched.js';
import { withoutStream } from './support/without-stream.js';

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const ends: (() => Promise<unknown>)[] = [];
let diary: Diary;
let watched: Watched;

beforeEach(() => {
  diary = new Diary({ logLevel: 'emergency' });
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Sessions rest as soon as they are idle. */
async function start(options: StreamableHttpOptions = {}): Promise<URL> {
  watched = new Watched(streamableHttp({ port: 0, signals: false, sessionRest: 1, ...options }));
  await diary.start(watched);
  ends.push(() => diary.stop());
  return new URL(watched.address);
}

const info = { name: 'reader', version: '1.2.3' };
const capabilities = { elicitation: {} };

type Options = { fetch?: typeof fetch };

const kinds = {
  async v1(url: URL, options: Options = { fetch: withoutStream }) {
    const client = new ClientV1(info, { capabilities });
    const transport = new HttpV1(url, options);
    await client.connect(transport);
    ends.push(() => client.close());
    return { client, transport };
  },
  async 'v2 legacy'(url: URL, options: Options = { fetch: withoutStream }) {
    const client = new ClientV2(info, { capabilities });
    const transport = new HttpV2(url, options);
    await client.connect(transport);
    ends.push(() => client.close());
    return { client, transport };
  },
};

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('a %s client', (kind) => {
  test('notices nothing: its values, its name, its level of logs, its session', async () => {
    const url = await start();
    const { client, transport } = await kinds[kind](url);
    const heard: unknown[] = [];
    client.fallbackNotificationHandler = async ({ params }) => void heard.push(params?.['data']);
    const count = async () => JSON.parse(textOf(await client.callTool({ name: 'count' })));
    await watched.resting();
    const first = await count();
    expect(first).toMatchObject({ times: 1, sessionId: transport.sessionId, client: info });
    expect(first.can).toMatchObject(capabilities);
    await watched.resting();
    expect(await count()).toEqual({ ...first, times: 2 });
    await client.setLoggingLevel('error');
    await watched.resting();
    await client.callTool({ name: 'speak' });
    expect(heard).toEqual(['shout']);
    await watched.resting();
    expect(await count()).toEqual({ ...first, times: 3 });
    expect(watched.servers.length).toBeGreaterThan(4);
    expect(diary.events).toEqual(['start reader']);
    await watched.resting();
    await transport.terminateSession();
    await until(() => diary.events.length === 2);
    expect(diary.events).toEqual(['start reader', 'end']);
  });

  test('that holds its stream is not put to rest, nor one whose call runs', async () => {
    const url = await start();
    const { client } = await kinds[kind](url, {});
    const { client: quiet } = await kinds[kind](url);
    expect(textOf(await quiet.callTool({ name: 'slow' }))).toBe('at last');
    await until(() => watched.awake === 1);
    const made = watched.servers.length;
    let heard = 0;
    client.fallbackNotificationHandler = async () => void (heard += 1);
    diary.notifyToolsChanged();
    await until(() => heard === 1);
    expect(watched.servers).toHaveLength(made);
  });
});

interface Speaker {
  readonly headers: Record<string, string>;
  post(message: object): Promise<RawAnswer>;
  call(name: string, id?: number): Promise<RawAnswer>;
  get(lastEventId: string): Promise<RawAnswer>;
}

/** A client that says what a test wants it to. */
async function speaker(url: URL, can: object = {}): Promise<Speaker> {
  const params = { protocolVersion: '2025-11-25', capabilities: can, clientInfo: info };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const { headers: given } = await raw(url.href, { headers: json, body });
  const headers = {
    ...json,
    'mcp-session-id': String(given['mcp-session-id']),
    'mcp-protocol-version': '2025-11-25',
  };
  const post = (message: object) =>
    raw(url.href, { headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
  await post({ method: 'notifications/initialized' });
  return {
    headers,
    post,
    call: (name, id = 7) => post({ id, method: 'tools/call', params: { name } }),
    get: (id) => raw(url.href, { method: 'GET', headers: { ...headers, 'last-event-id': id } }),
  };
}

/** A stream of the session that is read until it is cut; `text` holds what came so far. */
async function listen(url: URL, headers: Record<string, string>) {
  const cutter = new AbortController();
  const response = await fetch(url, { headers, signal: cutter.signal });
  const stream = { text: '', status: response.status, cut: () => cutter.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) stream.text += decoder.decode(chunk, { stream: true });
  })().catch(() => {});
  ends.push(async () => cutter.abort());
  return stream;
}

const idsIn = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '');
const count = (text: string, what: string) => text.split(what).length - 1;

describe('what is resumed', () => {
  test('of a call: what came before the rest', async () => {
    const url = await start();
    const { call, get } = await speaker(url);
    const [primed = '', answered = ''] = idsIn((await call('count')).text);
    await watched.resting();
    const again = await get(primed);
    expect(again.status).toBe(200);
    expect(idsIn(again.text)).toEqual([answered]);
    await watched.resting();
    expect((await get(answered)).text).toBe('');
    expect((await get('0-1')).status).toBe(400);
  });

  test('of the stream beside the calls: notices that came at rest, each once', async () => {
    const url = await start();
    const { headers, post } = await speaker(url);
    await post({ id: 1, method: 'resources/subscribe', params: { uri: 'diary://today' } });
    const stream = await listen(url, headers);
    diary.notifyToolsChanged();
    await until(() => stream.text.includes('tools/list_changed'));
    stream.cut();
    await watched.resting();
    for (let n = 0; n < 3; n += 1) diary.notifyResourceUpdated('diary://today');
    diary.notifyResourceUpdated('diary://yesterday');
    diary.notifyToolsChanged();
    expect(watched.awake).toBe(0);
    const [last = ''] = idsIn(stream.text);
    const resumed = await listen(url, { ...headers, 'last-event-id': last });
    expect(resumed.status).toBe(200);
    await until(() => resumed.text.includes('tools/list_changed'));
    expect(count(resumed.text, 'notifications/resources/updated')).toBe(1);
    expect(resumed.text).not.toContain('yesterday');
    expect(count(resumed.text, 'tools/list_changed')).toBe(1);
    // And those that come from now on.
    diary.notifyResourceUpdated('diary://today');
    await until(() => count(resumed.text, 'notifications/resources/updated') === 2);
  });

  test('the handshake that is said again leaves no events', async () => {
    const url = await start({ resumption: { maxEvents: 4 } });
    const { call, get } = await speaker(url);
    const [primed = ''] = idsIn((await call('count')).text);
    for (let n = 0; n < 5; n += 1) {
      await watched.resting();
      expect((await get(primed)).status).toBe(200);
    }
  });
});

describe('while it wakes', () => {
  test('all who come are served by one protocol server', async () => {
    const url = await start();
    const { call } = await speaker(url);
    await watched.resting();
    const made = watched.servers.length;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => call('slow', n)));
    expect(answers.every(({ text }) => text.includes('at last'))).toBe(true);
    expect(watched.servers).toHaveLength(made + 1);
  });

  test('and while it goes to rest, no request is lost', async () => {
    const url = await start();
    const { call } = await speaker(url);
    for (let n = 1; n <= 150; n += 1) {
      expect((await call('count', n)).text).toContain(`\\"times\\":${n},`);
      await new Promise((resolve) => setTimeout(resolve, (n * 7) % 23));
    }
    expect(watched.servers.length).toBeGreaterThan(10);
  });

  test('a failure is answered 500, and the next request tries again', async () => {
    const url = await start();
    const { call } = await speaker(url);
    await call('count');
    await watched.resting();
    watched.fault = new Error('secret of the house');
    const failed = await call('count');
    expect(failed).toMatchObject({ status: 500, error: { code: -32603 } });
    expect(failed.text).not.toContain('secret');
    expect((await call('count')).text).toContain('\\"times\\":2,');
  });

  test('a session that ends then is a 404', async () => {
    const url = await start({ maxSessions: 1 });
    const { call, headers } = await speaker(url);
    await watched.resting();
    const both = [raw(url.href, { method: 'DELETE', headers }), call('slow')];
    const [deleted, called] = await Promise.all(both);
    expect(deleted?.status).toBe(200);
    expect([200, 404]).toContain(called?.status);
    expect((await call('count')).status).toBe(404);
  });
});

describe('a session at rest', () => {
  test('ends by DELETE, by expiry, and with the server: its beginning and its end are told once', async () => {
    const url = await start({ sessionIdle: 400 });
    const { headers, call, post } = await speaker(url);
    await watched.resting();
    await post({ method: 'notifications/initialized' });
    await watched.resting();
    expect((await raw(url.href, { method: 'DELETE', headers })).status).toBe(200);
    expect((await call('count')).status).toBe(404);
    await until(() => diary.events.includes('end'));
    const expiring = await speaker(url);
    await until(() => diary.events.length === 4);
    expect((await expiring.call('count')).status).toBe(404);
    await speaker(url);
    await watched.resting();
    await diary.stop();
    const told = ['start reader', 'end'];
    expect(diary.events).toEqual([...told, ...told, ...told]);
  });

  test('keeps the level that was accepted, not the one that was refused', async () => {
    const url = await start();
    const { post, call } = await speaker(url);
    await post({ id: 1, method: 'logging/setLevel', params: { level: 'error' } });
    await post({ id: 2, method: 'logging/setLevel', params: { level: 'loud' } });
    await watched.resting();
    const { text } = await call('speak');
    expect(text).toContain('shout');
    expect(text).not.toContain('whisper');
  });

  test('does not take a late answer for the answer to another question', async () => {
    const url = await start();
    const { post, headers } = await speaker(url, { elicitation: {} });
    const decide = async () => {
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: 3,
        method: 'tools/call',
        params: { name: 'decide' },
      });
      const response = await fetch(url, { method: 'POST', headers, body });
      const state = { text: '', done: false };
      void (async () => {
        const decoder = new TextDecoder();
        for await (const chunk of response.body ?? []) state.text += decoder.decode(chunk, { stream: true });
        state.done = true;
      })();
      await until(() => state.text.includes('elicitation/create'));
      const [, id] =
        /"id":(\d+)[^\n]*/.exec(
          state.text.split('\n').find((line) => line.includes('elicitation/create')) ?? '',
        ) ?? [];
      return { state, id: Number(id) };
    };
    const say = (id: number) => post({ id, result: { action: 'accept', content: {} } });
    const first = await decide();
    await until(() => first.state.done);
    expect(first.state.text).toContain('no answer');
    // The client is told which question is no longer open.
    expect(first.state.text).toContain(`"requestId":${first.id}`);
    await watched.resting();
    const second = await decide();
    expect(second.id).not.toBe(first.id);
    await say(first.id);
    await say(second.id);
    await until(() => second.state.done);
    expect(second.state.text).toContain('yes');
    await watched.resting();
    const third = await decide();
    await say(first.id);
    await say(second.id);
    await until(() => third.state.done);
    expect(third.state.text).toContain('no answer');
    expect(third.state.text).toContain(`"requestId":${third.id}`);
  });
});

describe('the SDK’s protocol server', () => {
  test('taken by a handler stays', async () => {
    const url = await start();
    const { call, headers } = await speaker(url);
    await call('keep');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(watched.awake).toBe(1);
    const stream = await listen(url, headers);
    await diary.kept?.sendLoggingMessage({ level: 'info', data: 'from aside' });
    await until(() => stream.text.includes('from aside'));
  });

  test('is there for whoever kept the session from its hook, also at rest', async () => {
    const url = await start();
    const { call, headers } = await speaker(url);
    const stream = await listen(url, headers);
    diary.notifyToolsChanged();
    await until(() => stream.text.includes('tools/list_changed'));
    stream.cut();
    await watched.resting();
    const sdk = diary.sessions[0]?.client.sdk;
    await sdk?.sendLoggingMessage({ level: 'info', data: 'from aside' });
    await call('count');
    expect(watched.awake).toBe(1);
    expect(sdk?.getClientVersion()).toEqual(info);
    const resumed = await listen(url, { ...headers, 'last-event-id': idsIn(stream.text)[0] ?? '' });
    await until(() => resumed.text.includes('from aside'));
  });
});

function textOf({ content }: { [field: string]: unknown }): string {
  const [first] = Array.isArray(content) ? content : [];
  return String(first?.text);
}
