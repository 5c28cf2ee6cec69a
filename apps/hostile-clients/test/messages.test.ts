import { PassThrough } from 'node:stream';
import { Arg, Args, McpHeader, McpServer, Server, Tool } from '@reprise/core';
import { stdio } from '@reprise/transport-stdio';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { IsNumber, IsString } from 'class-validator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Desk } from '../src/desk.js';
import { both, initialize, modern } from './support/wire.js';

const transport = streamableHttp({ port: 0, signals: false });
const server = new Desk({ logLevel: 'emergency' });
beforeAll(() => server.start(transport));
afterAll(() => server.stop());

interface Answer {
  status: number;
  message: {
    id?: unknown;
    result?: Record<string, unknown>;
    error?: { code: number; message: string; data?: unknown };
  };
  session: string;
}

async function post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(transport.address, {
    method: 'POST',
    headers: { ...both, ...headers },
    body: text,
  });
  const said = await answer.text();
  const data = said.startsWith('{') ? said : (/^data: (\{.*)$/m.exec(said)?.[1] ?? '{}');
  return {
    status: answer.status,
    message: JSON.parse(data),
    session: answer.headers.get('mcp-session-id') ?? '',
  };
}

async function session(version = '2025-11-25'): Promise<Record<string, string>> {
  const { session: id } = await post(initialize(version));
  return { 'mcp-session-id': id, 'mcp-protocol-version': version };
}

const verdict = ({ status, message: { error } }: Answer) => [status, error?.code];
const request = (method: string, params: object = {}, id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

describe('what a client accepts', () => {
  test.each(['*/*', 'application/*, text/*', 'application/json, */*;q=0.1'])(
    '%s admits both types',
    async (accept) => {
      const { session: id, status } = await post(initialize(), { accept });
      expect(status).toBe(200);
      const headers = { 'mcp-session-id': id, accept };
      expect((await post(request('ping'), headers)).message.result).toEqual({});
      const { body, headers: own } = modern('tools/call', { name: 'echo', arguments: { text: 'hi' } });
      expect((await post(body, { ...own, accept })).status).toBe(200);
    },
  );

  test.each(['text/html', 'text/html, */*;q=0', 'application/json'])('%s is answered 406', async (accept) => {
    expect(verdict(await post(initialize(), { accept }))).toEqual([406, -32000]);
  });
});

describe('messages that no revision has', () => {
  test('an unknown cursor is -32602 in both eras', async () => {
    const headers = await session();
    for (const method of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list']) {
      expect((await post(request(method, { cursor: 'x' }), headers)).message.error?.code).toBe(-32602);
      const { body, headers: own } = modern(method, { cursor: 'x' });
      expect((await post(body, own)).message.error?.code).toBe(-32602);
    }
  });

  test.each([
    ['2025-03-26', 200],
    ['2025-06-18', 400],
    ['2025-11-25', 400],
  ])('batches at %s: %i', async (version, status) => {
    const headers = await session(version);
    const batch = [request('ping', {}, 1), request('ping', {}, 2)];
    const answer = await post(batch, headers);
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.message.error).toMatchObject({
        code: -32600,
        message: expect.stringMatching(/no batches/),
      });
    // The revision is what was agreed on, whatever a later header says.
    expect((await post(batch, { ...headers, 'mcp-protocol-version': '2025-03-26' })).status).toBe(status);
  });

  test('batches in the modern era', async () => {
    const { body, headers } = modern('tools/call', { name: 'echo', arguments: { text: 'hi' } });
    expect(verdict(await post([body], headers))).toEqual([400, -32600]);
  });

  test.each([null, 1.5, 1e30, {}, true])('%j is no id', async (id) => {
    expect(verdict(await post(request('ping', {}, id), await session()))).toEqual([400, -32600]);
  });
});

describe('parameters of the wrong shape', () => {
  test.each([
    ['tools/call', { name: 5 }, 'name: expected string'],
    ['tools/call', { name: 'echo', arguments: 5 }, 'arguments: expected'],
    ['tools/list', { cursor: 5 }, 'cursor: expected string'],
    ['prompts/get', { name: 'letter', arguments: { to: 5 } }, 'arguments.to: expected string'],
    ['resources/read', {}, 'uri: expected string'],
    ['completion/complete', { ref: { type: 'x' } }, 'ref: has none of the allowed shapes'],
  ])('%s %j is -32602 with one plain sentence, in both eras', async (method, params, said) => {
    const { body, headers } = modern(method, params);
    const name = 'name' in params ? String(params.name) : undefined;
    const answers = [
      await post(request(method, params), await session()),
      await post(body, { ...headers, ...(name && { 'mcp-name': name }) }),
    ];
    for (const { message } of answers) {
      expect(message.error).toMatchObject({ code: -32602, message: expect.stringContaining(said) });
      expect(message.error?.message).toMatch(/^Invalid params for [\w/]+: [^\n[{]+$/);
    }
  });

  test('a level that does not exist, and half a handshake', async () => {
    const headers = await session();
    const { error } = (await post(request('logging/setLevel', { level: 'loud' }), headers)).message;
    expect(error).toMatchObject({
      code: -32602,
      message: expect.stringMatching(/level: expected one of "debug"/),
    });
    expect((await post(request('logging/setLevel', { level: 'info' }), headers)).message.result).toEqual({});
    expect((await post(request('initialize'), headers)).message.error).toMatchObject({
      code: -32602,
      message: expect.stringContaining('protocolVersion: expected string'),
    });
  });
});

describe('headers that mirror the body', () => {
  const region = 'Köln, "Süd"';
  const coded = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;
  const route = (args: object, sent: Record<string, string>) => {
    const { body, headers } = modern('tools/call', { name: 'route', arguments: args });
    return post(body, { ...headers, ...sent });
  };

  test.each([
    ['plain', { region: 'eu' }, { 'mcp-param-region': 'eu' }],
    ['in Base64', { region }, { 'mcp-param-region': coded(region) }],
    ['Base64 without the mark is a text like any other', { region: 'SGk=' }, { 'mcp-param-region': 'SGk=' }],
    ['a mark without its end, too', { region: '=?base64?SGk=' }, { 'mcp-param-region': '=?base64?SGk=' }],
    [
      'whole numbers by value',
      { region: 'eu', floor: 42 },
      { 'mcp-param-region': 'eu', 'mcp-param-floor': '42.0' },
    ],
    ['booleans', { region: 'eu', express: true }, { 'mcp-param-region': 'eu', 'mcp-param-express': 'true' }],
    ['null is no value', { region: 'eu', floor: null }, { 'mcp-param-region': 'eu' }],
    ['a header without argument', { region: 'eu' }, { 'mcp-param-region': 'eu', 'mcp-param-floor': '3' }],
  ])('served: %s', async (_, args, sent) => {
    const { status, message } = await route(args, sent);
    expect([status, message.result?.['isError'] ?? false]).toEqual([200, false]);
  });

  test.each([
    ['missing', { region: 'eu' }, {}],
    ['something else', { region: 'eu' }, { 'mcp-param-region': 'us' }],
    ['in another case', { region: 'eu' }, { 'mcp-param-region': 'EU' }],
    ['bad padding', { region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVsbG8?=' }],
    ['bad characters', { region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVs!!!bG8=?=' }],
    ['no UTF-8', { region: 'Hello' }, { 'mcp-param-region': '=?base64?/w==?=' }],
    ['another number', { region: 'eu', floor: 42 }, { 'mcp-param-region': 'eu', 'mcp-param-floor': '43' }],
    [
      'a number that is none',
      { region: 'eu', floor: 1 },
      { 'mcp-param-region': 'eu', 'mcp-param-floor': '0x1' },
    ],
    [
      'another truth',
      { region: 'eu', express: true },
      { 'mcp-param-region': 'eu', 'mcp-param-express': 'false' },
    ],
  ])('refused with -32020: %s', async (_, args, sent) => {
    const answer = await route(args, sent as Record<string, string>);
    expect(verdict(answer)).toEqual([400, -32020]);
    expect(answer.message).toMatchObject({ id: 1, error: { data: { mismatch: {} } } });
  });

  test('clients read of them in the schema; legacy clients need not send them', async () => {
    const headers = await session();
    const { message } = await post(request('tools/list'), headers);
    const tools = message.result?.['tools'] as { name: string; inputSchema: { properties: object } }[];
    expect(tools.find(({ name }) => name === 'route')?.inputSchema.properties).toMatchObject({
      region: { type: 'string', 'x-mcp-header': 'Region' },
      floor: { type: 'integer', 'x-mcp-header': 'Floor' },
    });
    const call = request('tools/call', { name: 'route', arguments: { region: 'eu' } });
    expect((await post(call, headers)).message.result).not.toHaveProperty('isError');
  });

  test.each([
    ['another name', { 'mcp-name': 'weigh' }],
    ['no name', { 'mcp-name': undefined }],
    ['another method', { 'mcp-method': 'tools/list' }],
    ['a name in broken Base64', { 'mcp-name': '=?base64?ZWNobw?=' }],
  ])('%s: -32020', async (_, sent) => {
    const { body, headers } = modern('tools/call', { name: 'echo', arguments: { text: 'hi' } });
    const all = Object.entries({ ...headers, ...sent }).filter(([, value]) => value !== undefined);
    expect(verdict(await post(body, Object.fromEntries(all) as Record<string, string>))).toEqual([
      400, -32020,
    ]);
  });

  test('declarations that clients would refuse end the start', async () => {
    class Bad {
      @McpHeader('Price') @IsNumber() price!: number;
      @McpHeader('Two Words') @IsString() words!: string;
      @McpHeader('Same') @IsString() one!: string;
      @McpHeader('same') @IsString() other!: string;
    }
    @Server({ name: 'bad', version: '1.0.0' })
    class BadDesk extends McpServer {
      @Tool() take(@Args() _: Bad): void {}
      @Tool() one(@Arg('ok', { header: 'Fine' }) _: string, @Arg('n', { header: 'N' }) __: number): void {}
    }
    const started = new BadDesk({ logLevel: 'emergency' }).start(streamableHttp({ port: 0, signals: false }));
    const problems = await started.then(
      () => [],
      (error: { problems: { code: string; message: string }[] }) => error.problems,
    );
    expect(problems.map(({ code }) => code)).toEqual(Array(4).fill('HEADER_PARAMETER'));
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/price .*words .*other .*n is/s);
  });
});

describe('names that objects have by nature', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s', async (name) => {
    const headers = await session();
    const said = async (text: string) => (await post(text, headers)).message;
    const call = (params: string, method = 'tools/call') =>
      said(`{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`);
    const evil = `"${name}":{"polluted":true}`;
    expect((await call(`{"name":"${name}"}`)).error?.code).toBe(-32602);
    expect((await call(`{"name":"${name}"}`, 'prompts/get')).error?.code).toBe(-32602);
    expect((await call('{}', name)).error?.code).toBe(-32601);
    for (const args of [`"text":"a",${evil}`, `"text":{${evil}}`])
      expect(JSON.stringify(await call(`{"name":"echo","arguments":{${args}}}`))).not.toContain('polluted');
    const weigh = async (args: string) =>
      (await call(`{"name":"weigh","arguments":{"to":"a","weight":1,${args}}}`)).result;
    expect(JSON.stringify(await weigh(evil))).not.toContain('polluted');
    // Free-form data keeps its keys; ways to a prototype are refused.
    expect(await weigh(`"labels":{${evil}}`)).toMatchObject(
      ['__proto__', 'constructor'].includes(name)
        ? { isError: true }
        : { structuredContent: { labels: { [name]: { polluted: true } } } },
    );
    await call(`{"name":"letter","arguments":{"to":"a","${name}":"x"}}`, 'prompts/get');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('huge numbers, lone surrogates, duplicate keys', async () => {
    const headers = await session();
    const call = (args: string) =>
      post(
        `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"weigh","arguments":${args}}}`,
        headers,
      );
    for (const weight of ['1e999', '-1e999', '1e308', '9007199254740993'])
      expect((await call(`{"to":"a","weight":${weight}}`)).message.result).toMatchObject({ isError: true });
    expect((await call('{"to":"\\ud800","weight":1}')).message.result).toMatchObject({
      structuredContent: { to: '\ud800' },
    });
    expect((await call('{"to":"a","to":"b","weight":1}')).message.result).toMatchObject({
      structuredContent: { to: 'b' },
    });
  });
});

describe('sessions of others', () => {
  const get = (headers: Record<string, string>) =>
    fetch(transport.address, { headers: { accept: 'text/event-stream', ...headers } });

  test('an id that was never ours, or that was given back', async () => {
    const headers = await session();
    expect(verdict(await post(request('ping'), { 'mcp-session-id': crypto.randomUUID() }))).toEqual([
      404, -32001,
    ]);
    expect((await fetch(transport.address, { method: 'DELETE', headers })).status).toBe(200);
    expect(verdict(await post(request('ping'), headers))).toEqual([404, -32001]);
    expect((await get(headers)).status).toBe(404);
    expect((await fetch(transport.address, { method: 'DELETE', headers })).status).toBe(404);
  });

  test('an event of another session opens no stream', async () => {
    const [mine, other] = [await session(), await session()];
    const answer = await fetch(transport.address, {
      method: 'POST',
      headers: { ...both, ...other },
      body: JSON.stringify(request('tools/call', { name: 'echo', arguments: { text: 'secret' } })),
    });
    const id = /^id: (.+)$/m.exec(await answer.text())?.[1] ?? '';
    expect(id).not.toBe('');
    const foreign = await get({ ...mine, 'last-event-id': id });
    expect(foreign.status).toBe(400);
    expect(await foreign.text()).not.toContain('secret');
  });
});

describe('stdio: lines that are no message', () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function pipe() {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const desk = new Desk({ logLevel: 'emergency' });
    await desk.start(stdio({ stdin, stdout, signals: false, lineLimit: 2000 }));
    ends.push(() => desk.stop());
    let text = '';
    stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const answers = async (count: number) => {
      while (text.split('\n').length <= count) await new Promise((resolve) => setTimeout(resolve, 5));
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Answer['message']);
    };
    return { stdin, answers };
  }

  test('each is answered, and the next good one as well', async () => {
    const { stdin, answers } = await pipe();
    stdin.write('this is no JSON\n');
    stdin.write(`${'['.repeat(900)}${']'.repeat(900)}\n`);
    stdin.write(`{"jsonrpc":"2.0","id":7,"method":5}\n\n\r\n`);
    stdin.write(`[${JSON.stringify(request('ping'))}]\n`);
    stdin.write('{"jsonrpc":"2.0","id":3,"result":"not asked"}\n');
    for (let i = 0; i < 50; i += 1) stdin.write('x'.repeat(100));
    stdin.write(`\n${JSON.stringify(initialize())}\n`);
    const all = await answers(6);
    const said = all.map(({ id, error }) => [id, error?.code]);
    expect(said).toEqual([
      [undefined, -32700],
      [undefined, -32600],
      [7, -32600],
      [undefined, -32600],
      [undefined, -32600],
      [0, undefined],
    ]);
  });

  test('a line may come in any pieces', async () => {
    const { stdin, answers } = await pipe();
    for (const byte of Buffer.from(`${JSON.stringify(initialize())}\r\n`)) stdin.write(Buffer.of(byte));
    stdin.write(`${JSON.stringify(request('ping', {}, 'é'))}\n${JSON.stringify(request('ping', {}, 2))}\n`);
    expect((await answers(3)).map(({ id }) => id)).toEqual([0, 'é', 2]);
  });
});
