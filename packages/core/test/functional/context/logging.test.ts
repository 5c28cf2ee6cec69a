import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import {
  Context,
  Ctx,
  type Logger,
  McpServer,
  type McpServerOptions,
  Prompt,
  Resource,
  Server,
  Tool,
} from '@reprise/core';
import winston from 'winston';
import { built } from '../../architecture/public-entries.js';
import { root } from '../../architecture/source-files.js';
import { bothEras, type ClientKind, type Options, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const log = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
beforeEach(() => void (log.lines.length = 0));
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traced = { _meta: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } };
const jwt = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`;

class Hostile {
  readonly self = this;
  readonly big = 12n;
  readonly at = new Date(0);
  readonly bytes = new Uint8Array(3);
  readonly names = new Map([['a', new Set([1])]]);
}

@Server({ name: 'logging', version: '1' })
class Logging extends McpServer {
  @Tool() async tells(@Ctx() ctx: Context) {
    await ctx.notice({ told: true }, { logger: 'desk' });
    return String(ctx.requestId);
  }

  @Tool() breaks(): string {
    throw new Error('cannot reach https://ada:secret@db.example.org/x');
  }

  @Tool() async secrets(@Ctx() ctx: Context) {
    await ctx.info({
      password: 'first secret',
      headers: { Authorization: 'second secret', 'X-Api-Key': 'third secret' },
      maxTokens: 5,
      note: `Bearer ${'x'.repeat(30)} and ${jwt}`,
    });
  }

  @Tool() async asks(@Ctx() ctx: Context) {
    await ctx.info('before');
    await ctx.confirm('sure?');
    await ctx.info('after');
  }

  @Tool() async hostile(@Ctx() ctx: Context) {
    await ctx.info(new Hostile());
    return 'ok';
  }

  @Resource('note://a') async note(@Ctx() ctx: Context) {
    await ctx.info('reading');
    return 'a';
  }

  @Prompt() async greet(@Ctx() ctx: Context) {
    await ctx.info('greeting');
    return 'Hello';
  }
}

async function open(kind: ClientKind, options: Options = {}, own: McpServerOptions = {}) {
  const running = await start(new Logging({ logger: log, ...own }));
  ended.push(() => running.stop());
  return running.connect(kind, options);
}

/** A winston logger of somebody's own, and what it wrote. */
function ownWinston(options: winston.LoggerOptions = {}) {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const transports = [new winston.transports.Stream({ stream })];
  return { lines, logger: winston.createLogger({ level: 'silly', transports, ...options }) };
}

describe.each(bothEras)('the log of a request, %s client', (kind) => {
  test('log: each message to the client is mirrored at debug, with whose it is', async () => {
    const auth = { token: 't', clientId: 'app', scopes: [], extra: { sub: 'ada' } };
    const { client } = await open(kind, { auth });
    const answer = await client.callTool({ name: 'tells', arguments: {}, ...traced });
    const mirrored = log.lines.filter(({ message }) => message === 'client log');
    expect(mirrored).toEqual([
      {
        level: 'debug',
        message: 'client log',
        fields: {
          clientLevel: 'notice',
          data: { told: true },
          logger: 'desk',
          where: 'Logging.tells',
          requestId: Number(textOf(answer as never)),
          ...(kind === 'v2-legacy' && { sessionId: expect.any(String) }),
          tool: 'tells',
          principal: createHash('sha256').update('["","app","ada"]').digest('hex').slice(0, 12),
          traceId,
        },
      },
    ]);
  });

  test('so is everything else that is logged in it', async () => {
    const { client, call } = await open(kind);
    await call('breaks');
    await client.readResource({ uri: 'note://a' });
    await client.getPrompt({ name: 'greet' });
    const fields = log.lines.filter((line) => 'requestId' in line.fields).map((line) => line.fields);
    expect(fields).toMatchObject([{ tool: 'breaks' }, { uri: 'note://a' }, { prompt: 'greet' }]);
    expect(fields.every(({ principal }) => principal === undefined)).toBe(true);
  });

  test('a message is mirrored once, however often its handler is played', async () => {
    const { call } = await open(kind);
    await call('asks');
    const data = log.lines.flatMap(({ message, fields }) =>
      message === 'client log' ? [fields['data']] : [],
    );
    expect(data).toEqual(['before', 'after']);
  });

  test('a question is told once, at debug, with whose it is', async () => {
    const { call } = await open(kind);
    await call('asks');
    const questions = log.lines.filter(({ message }) => message.startsWith('Asks'));
    expect(questions).toMatchObject([
      { level: 'debug', message: 'Asks: sure?', fields: { request: 'elicitation/create', tool: 'asks' } },
    ]);
  });

  test('secrets stay out of it, by key and by pattern; the client gets what the handler wrote', async () => {
    const { call, logs } = await open(kind);
    await call('secrets');
    await call('breaks');
    const written = JSON.stringify(log.lines);
    for (const secret of ['first', 'second', 'third', 'x'.repeat(30), jwt, 'ada:secret'])
      expect(written).not.toContain(secret);
    expect(written).toContain('"maxTokens":5');
    expect(written).toContain('Bearer [redacted] and [redacted]');
    expect(written).toContain('https://[redacted]@db.example.org/x');
    if (kind === 'v2-legacy') expect(JSON.stringify(logs)).toContain('first secret');
  });

  test('data that JSON cannot hold does not fail the call', async () => {
    const { call } = await open(kind);
    expect(textOf(await call('hostile'))).toBe('ok');
    expect(log.lines.at(-1)?.fields['data']).toEqual({
      self: '[circular]',
      big: '12',
      at: '1970-01-01T00:00:00.000Z',
      bytes: '[3 bytes]',
      names: { a: [1] },
    });
  });
});

describe('a winston logger of one’s own', () => {
  test('gets what any logger gets', async () => {
    const { logger, lines } = ownWinston();
    const { call } = await open('v2-legacy', {}, { logger });
    await call('breaks');
    await call('secrets');
    expect(lines.find(({ message }) => String(message).startsWith('Internal error'))).toMatchObject({
      level: 'error',
      tool: 'breaks',
    });
    expect(lines.find(({ message }) => message === 'client log')).toMatchObject({
      level: 'debug',
      clientLevel: 'info',
      data: { password: '[redacted]' },
    });
  });

  test.each([
    ['npm', winston.config.npm.levels, 'info'],
    ['syslog', winston.config.syslog.levels, 'info'],
    ['of one’s own invention', { bad: 0, chatty: 1 }, 'chatty'],
  ])('levels: %s', async (_name, levels, info) => {
    const { logger, lines } = ownWinston({ levels, level: Object.keys(levels).at(-1) ?? '' });
    const running = await start(new Logging({ logger }));
    ended.push(() => running.stop());
    expect(lines).toMatchObject([{ level: info, message: 'serving', transport: 'memory' }]);
  });

  test('its level decides: what it does not want is not even put together', async () => {
    const { logger, lines } = ownWinston({ level: 'error' });
    const { call } = await open('v2-legacy', {}, { logger });
    await call('secrets');
    await call('breaks');
    expect(lines.map(({ level }) => level)).toEqual(['error']);
  });
});

test('any logger may say which levels it does not want, and is not bothered with them', async () => {
  const lines: string[] = [];
  const logger: Logger = {
    log: (level, message) => void lines.push(`${level} ${message}`),
    isEnabled: (level) => level === 'error',
  };
  const { call } = await open('v2-legacy', {}, { logger });
  await call('secrets');
  await call('breaks');
  expect(lines).toEqual([expect.stringMatching(/^error Internal error/)]);
});

const core = (file: string) => JSON.stringify(pathToFileURL(built(`packages/core/dist/${file}`)).href);
const stdioUrl = () => JSON.stringify(pathToFileURL(built('packages/transport-stdio/dist/index.js')).href);

/** Runs a server to its end in a process of its own. */
function run(env: Record<string, string>, options = '{}') {
  const script = `
    const { McpServer, Server } = await import(${core('index.js')});
    class Bare extends McpServer {}
    Server({ name: 'bare', version: '1' })(Bare);
    const nothing = async () => {};
    const transport = { name: 'memory', address: 'here?token=t0ken', start: nothing, drain: nothing, close: nothing };
    try {
      const server = await new Bare(${options}).start(transport);
      await server.stop();
    } catch (error) {
      process.stderr.write(error.code + ' ' + error.message);
    }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'test', ...env },
  });
  expect(stdout).toBe(''); // never, whatever the level
  return stderr;
}

describe('the default logger', () => {
  test('JSON in production, readable elsewhere, secrets in neither', () => {
    expect(JSON.parse(run({ NODE_ENV: 'production' }))).toEqual({
      level: 'info',
      message: 'serving',
      transport: 'memory',
      address: 'here?token=[redacted]',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(run({})).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {4}serving \{"transport":"memory",.*\}\n$/);
  });

  test('its level: the option, else REPRISE_LOG_LEVEL', () => {
    expect(run({ REPRISE_LOG_LEVEL: 'warning' })).toBe('');
    expect(run({ REPRISE_LOG_LEVEL: 'warning' }, `{ logLevel: 'info' }`)).toContain('serving');
  });

  test('a level that does not exist is an error that names those that do', () => {
    expect(run({ REPRISE_LOG_LEVEL: 'verbose' })).toBe(
      'INVALID_OPTION REPRISE_LOG_LEVEL is "verbose". ' +
        'Give one of debug, info, notice, warning, error, critical, alert, emergency.',
    );
    expect(() => new Logging({ logLevel: 'loud' as never })).toThrow('logLevel is "loud".');
  });
});

test('on stdio a winston logger that writes to stdout does not get between the messages', async () => {
  const script = `
    const { McpServer, Server } = await import(${core('index.js')});
    const { stdio } = await import(${stdioUrl()});
    const { default: winston } = await import('winston');
    class Bare extends McpServer {}
    Server({ name: 'bare', version: '1' })(Bare);
    const logger = winston.createLogger({ transports: [new winston.transports.Console()] });
    await new Bare({ logger }).start(stdio());`;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--input-type=module', '--eval', script],
    cwd: root,
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  const client = new Client({ name: 'c', version: '1' });
  const faults: Error[] = [];
  client.onerror = (error) => void faults.push(error);
  await client.connect(transport);
  await client.close();
  expect(faults).toEqual([]);
  expect(stderr).toContain('"message":"serving"');
}, 20_000);
