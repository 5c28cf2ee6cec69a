import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  Arg,
  audio,
  type Context,
  Ctx,
  embed,
  image,
  link,
  McpServer,
  Prompt,
  ProtocolError,
  Resource,
  Server,
  text,
  Tool,
  ToolError,
} from '@reprise/core';
import { Exclude, Expose } from 'class-transformer';
import { IsInt, IsString } from 'class-validator';
import { bothEras, type Connected, start } from '../support/clients.js';
import { RecordedLog } from '@reprise/testing';

class Fare {
  @IsInt() price!: number;
  @IsString() currency!: string;
}

class Account {
  @Expose({ name: 'full_name' }) name = 'Ada';
  @Exclude() password = 'hunter2';
}

class SoldOut extends ToolError {}

const log = new RecordedLog();

@Server({ name: 'results', version: '1.0.0' })
class Results extends McpServer {
  @Tool() string() {
    return 'plain';
  }
  @Tool() number() {
    return 0;
  }
  @Tool() boolean() {
    return false;
  }
  @Tool() bigint() {
    return 12n;
  }
  @Tool() date() {
    return new Date(0);
  }
  @Tool() nothing() {}
  @Tool() object() {
    return { a: [1, { b: null }] };
  }
  @Tool() list() {
    return [1, 2];
  }
  @Tool() account() {
    return new Account();
  }
  @Tool() blocks() {
    return [
      text('t'),
      image(new Uint8Array([1]), 'image/png'),
      audio('AQ==', 'audio/wav'),
      embed('x://e', 'inside'),
      link('x://l', 'l'),
    ];
  }
  @Tool() mixed() {
    return ['words', image('AQ==', 'image/png')];
  }
  @Tool() full() {
    return { content: [text('full')], isError: true, _meta: { own: 1 } };
  }
  @Tool() async *stream() {
    yield 'a';
    yield 'b';
    yield 'c';
  }
  @Tool({ output: Fare }) fare(): Fare {
    return Object.assign(new Fare(), { price: 40, currency: 'EUR' });
  }
  @Tool({ output: Fare }) wrongFare() {
    return { price: 'a lot' };
  }
  @Tool() refuses() {
    throw new SoldOut('No seats on Friday. Try Saturday.');
  }
  @Tool() rpc() {
    throw new ProtocolError(-32050, 'Own code', { retry: 3 });
  }
  @Tool() leaks() {
    throw Object.assign(new Error('password is hunter2'), { code: 42, data: { secret: 1 } });
  }
  @Tool() throwsText() {
    throw 'a bare string';
  }
  @Tool() circular() {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    return ring;
  }
  @Tool() adds(@Arg('a') a: number, @Arg('b', { required: false }) b?: number) {
    return a + (b ?? 1);
  }

  @Resource('r://text', { mimeType: 'text/markdown' }) rText() {
    return '# hi';
  }
  @Resource('r://bytes') rBytes() {
    return new Uint8Array([1, 2]);
  }
  @Resource('r://object') rObject() {
    return { a: 1 };
  }
  @Resource('r://contents') rContents() {
    return [
      { uri: 'r://contents/1', text: '1' },
      { uri: 'r://contents/2', blob: 'AQ==' },
    ];
  }
  @Resource('r://nothing') rNothing() {}
  @Resource('r://refuses') rRefuses() {
    throw new ToolError('not today');
  }

  @Prompt({ description: 'says' }) pString() {
    return 'say it';
  }
  @Prompt() pMessages() {
    return [{ role: 'assistant', content: text('yes?') }, 'go on'];
  }
  @Prompt() pFull() {
    return { description: 'own', messages: [{ role: 'user', content: text('x') }] };
  }
  @Prompt() pNothing(@Ctx() _ctx: Context) {}
}

let server: Awaited<ReturnType<typeof start>>;
beforeAll(async () => void (server = await start(new Results({ logger: log }))));
afterAll(() => server.stop());

describe.each(bothEras)('%s', (kind) => {
  let connected: Connected;
  beforeAll(async () => void (connected = await server.connect(kind)));

  test.each([
    ['string', [{ type: 'text', text: 'plain' }]],
    ['number', [{ type: 'text', text: '0' }]],
    ['boolean', [{ type: 'text', text: 'false' }]],
    ['bigint', [{ type: 'text', text: '12' }]],
    ['date', [{ type: 'text', text: '1970-01-01T00:00:00.000Z' }]],
    ['nothing', []],
    [
      'blocks',
      [
        { type: 'text', text: 't' },
        { type: 'image', data: 'AQ==', mimeType: 'image/png' },
        { type: 'audio', data: 'AQ==', mimeType: 'audio/wav' },
        { type: 'resource', resource: { uri: 'x://e', text: 'inside' } },
        { type: 'resource_link', uri: 'x://l', name: 'l' },
      ],
    ],
    [
      'mixed',
      [
        { type: 'text', text: 'words' },
        { type: 'image', data: 'AQ==', mimeType: 'image/png' },
      ],
    ],
    ['stream', [{ type: 'text', text: 'abc' }]],
  ])('%s becomes content', async (tool, content) => {
    const answer = await connected.call(tool);
    expect(answer.content).toEqual(content);
    expect(answer.structuredContent).toBeUndefined();
    expect(answer.isError ?? false).toBe(false);
  });

  test.each([
    ['object', { a: [1, { b: null }] }],
    ['account', { full_name: 'Ada' }],
    ['fare', { price: 40, currency: 'EUR' }],
  ])('%s becomes structured content beside its JSON text', async (tool, data) => {
    const answer = await connected.call(tool);
    expect(answer.structuredContent).toEqual(data);
    expect(JSON.parse(answer.content[0]?.text ?? '')).toEqual(data);
  });

  test('a list of data is structured content in the way of the era', async () => {
    const answer = await connected.call('list');
    expect(answer.structuredContent).toEqual(kind === 'v2-modern' ? [1, 2] : { result: [1, 2] });
  });

  test('a full result goes out as it is', async () => {
    expect(await connected.call('full')).toMatchObject({
      content: [{ text: 'full' }],
      isError: true,
      _meta: { own: 1 },
    });
  });

  test('a stream reports its parts as progress', async () => {
    const parts: unknown[] = [];
    await connected.call('stream', {}, { onprogress: ({ message }) => parts.push(message) });
    expect(parts).toEqual(['a', 'b', 'c']);
  });

  test('a ToolError reaches the model word by word', async () => {
    expect(await connected.call('refuses')).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'No seats on Friday. Try Saturday.' }],
    });
  });

  test('a ProtocolError is the JSON-RPC error of its choice', async () => {
    await expect(connected.call('rpc')).rejects.toMatchObject({ code: -32050, data: { retry: 3 } });
  });

  test.each(['leaks', 'throwsText', 'wrongFare', 'circular'])(
    '%s: the client gets a reference, the log the cause',
    async (tool) => {
      const { content, isError } = await connected.call(tool);
      expect(isError).toBe(true);
      const ref = /^Internal error \(ref ([0-9A-Z]{5})\)$/.exec(content[0]?.text ?? '')?.[1];
      const line = log.lines.find(({ fields }) => fields['ref'] === ref);
      expect(line).toMatchObject({ level: 'error', fields: { where: `Results.${tool}` } });
      const causes = {
        leaks: /password is hunter2\n.* at /s,
        throwsText: /a bare string/,
        wrongFare: /broke its output schema: .*price/s,
        circular: /cannot be written as JSON/,
      };
      expect(String(line?.fields['error'])).toMatch(causes[tool as keyof typeof causes]);
    },
  );

  test('bad arguments: one line per problem with its path', async () => {
    const answer = await connected.call('adds', { a: 'x', c: 1 });
    expect(answer.isError).toBe(true);
    expect(answer.content[0]?.text).toMatch(/^Invalid arguments for adds:\n- /);
    expect(answer.content[0]?.text).toMatch(/- a: .*number/);
    expect(answer.content[0]?.text).toMatch(/- c: /);
    expect((await connected.call('adds', { a: 2 })).content[0]?.text).toBe('3');
  });

  test('an unknown tool is -32602 with what is near', async () => {
    await expect(connected.call('strng')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('Unknown tool: strng. Did you mean "string"?'),
    });
  });

  test.each([
    ['r://text', [{ uri: 'r://text', mimeType: 'text/markdown', text: '# hi' }]],
    ['r://bytes', [{ uri: 'r://bytes', mimeType: 'application/octet-stream', blob: 'AQI=' }]],
    ['r://object', [{ uri: 'r://object', mimeType: 'application/json', text: '{"a":1}' }]],
    [
      'r://contents',
      [
        { uri: 'r://contents/1', text: '1' },
        { uri: 'r://contents/2', blob: 'AQ==' },
      ],
    ],
  ])('%s becomes contents', async (uri, contents) => {
    expect((await connected.client.readResource({ uri })).contents).toEqual(contents);
  });

  test.each([
    ['r://missing', -32602, /Resource not found: r:\/\/missing/, { uri: 'r://missing' }],
    ['r://nothing', -32603, /Internal error \(ref/, undefined],
    ['r://refuses', -32600, /not today/, undefined],
  ])('%s is an error', async (uri, code, message, data) => {
    await expect(connected.client.readResource({ uri })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      ...(data && { data }),
    });
  });

  test.each([
    [
      'pString',
      { description: 'says', messages: [{ role: 'user', content: { type: 'text', text: 'say it' } }] },
    ],
    [
      'pMessages',
      {
        messages: [
          { role: 'assistant', content: { text: 'yes?' } },
          { role: 'user', content: { text: 'go on' } },
        ],
      },
    ],
    ['pFull', { description: 'own', messages: [{ role: 'user', content: { text: 'x' } }] }],
  ])('%s becomes messages', async (name, expected) => {
    expect(await connected.client.getPrompt({ name })).toMatchObject(expected);
  });

  test('a prompt without messages is an internal error', async () => {
    await expect(connected.client.getPrompt({ name: 'pNothing' })).rejects.toMatchObject({ code: -32603 });
  });
});
