import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Server } from '@modelcontextprotocol/server';
import type { Host } from '@reprise/core/transport';
import { stdio } from '@reprise/transport-stdio';
import { afterEach, describe, expect, test } from '@jest/globals';

const fixture = fileURLToPath(new URL('./fixtures/plain-server.mjs', import.meta.url));
const noisy = fileURLToPath(new URL('./fixtures/noisy-server.mjs', import.meta.url));
const spawned: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of spawned.splice(0)) child.kill('SIGKILL');
});

/** A server in a process of its own, driven by hand: what it prints is kept apart by stream. */
class Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly #out: string[] = [];
  readonly #err: string[] = [];
  #id = 0;

  constructor(mode = '', file = fixture) {
    this.process = spawn(process.execPath, [file, mode]);
    this.process.stdout.on('data', (chunk) => this.#out.push(String(chunk)));
    this.process.stderr.on('data', (chunk) => this.#err.push(String(chunk)));
    spawned.push(this.process);
  }

  get stdout(): string {
    return this.#out.join('');
  }

  get stderr(): string {
    return this.#err.join('');
  }

  send(method: string, params: object): void {
    this.process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params })}\n`);
  }

  call(name: string): void {
    this.send('tools/call', { name, arguments: {} });
  }

  initialize(): void {
    const clientInfo = { name: 'by hand', version: '1' };
    this.send('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  }

  async shows(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    while (!this[stream].includes(text)) await once(this.process[stream], 'data');
  }

  async exit(): Promise<{ code: number | null; signal: string | null }> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'close');
    return { code: this.process.exitCode, signal: this.process.signalCode };
  }
}

describe('stdout', () => {
  test('carries the protocol and nothing else while the transport runs', async () => {
    const child = new Child();
    child.initialize();
    child.call('print');
    await child.shows('stdout', '"printed"');
    child.process.stdin.end();
    await child.exit();

    const lines = child.stdout.trim().split('\n');
    expect(lines.shift()).toBe('printed before the start');
    expect(lines.pop()).toBe('printed after the end');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2]);
    expect(child.stderr).toContain('console.log from a handler\n');
    expect(child.stderr).toContain('│ 0       │ 1 │');
    expect(child.stderr).toContain('a stray write\n');
  });

  test('nor anything that components print while they are constructed', async () => {
    const child = new Child('', noisy);
    child.initialize();
    await child.shows('stdout', '"noisy"');
    child.process.stdin.end();
    await child.exit();

    expect(child.stdout.trim().split('\n')).toHaveLength(1);
    expect(child.stderr).toContain('printed by a constructor\n');
  });
});

describe('the end of stdin', () => {
  test('stops the server, and the process ends by itself', async () => {
    const child = new Child('no-signals');
    child.initialize();
    child.call('slow');
    await child.shows('stderr', 'slow began');
    const began = performance.now();
    child.process.stdin.end();
    expect(await child.exit()).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(900);
    expect(child.stderr).toContain('slow aborted\n');
    expect(child.stderr.match(/^stop$/gm)).toHaveLength(1);
  });

  test('ends the process although a timer was left running', async () => {
    const child = new Child();
    child.initialize();
    child.call('leak');
    await child.shows('stdout', 'leaked');
    child.process.stdin.end();
    expect(await child.exit()).toEqual({ code: 0, signal: null });
  });

  test('a reader that went away ends the process too', async () => {
    const child = new Child();
    child.initialize();
    await child.shows('stdout', '"id":1');
    child.process.stdout.destroy();
    child.call('era');
    expect(await child.exit()).toEqual({ code: 0, signal: null });
  });
});

describe('signals', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets the running call answer and exits with 0',
    async (signal) => {
      const child = new Child();
      child.initialize();
      child.call('slow');
      await child.shows('stderr', 'slow began');
      child.process.kill(signal);
      expect(await child.exit()).toEqual({ code: 0, signal: null });
      expect(child.stderr).toContain('slow ended\n');
      expect(child.stdout).toContain('slow answer');
    },
  );

  test('a second one exits at once', async () => {
    const child = new Child();
    child.initialize();
    child.call('stuck');
    await child.shows('stderr', 'stuck began');
    child.process.kill('SIGTERM');
    await child.shows('stderr', 'stop\n');
    child.process.kill('SIGTERM');
    expect(await child.exit()).toEqual({ code: 143, signal: null });
  });

  test('are left to the program with signals: false', async () => {
    const child = new Child('no-signals');
    child.initialize();
    await child.shows('stdout', '"id":1');
    child.process.kill('SIGTERM');
    expect(await child.exit()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(child.stderr).not.toContain('stop\n');
  });
});

describe('real clients', () => {
  const child = { command: process.execPath, args: [fixture], stderr: 'pipe' as const };
  const info = { name: 'client', version: '1.0.0' };

  test('v1', async () => {
    const client = new ClientV1(info);
    await client.connect(new StdioV1(child));
    expect((await client.listTools()).tools).toHaveLength(5);
    expect(await client.callTool({ name: 'era' })).toMatchObject({ content: [{ text: 'legacy' }] });
    await client.close();
  });

  test.each([
    ['legacy', 'legacy', {}],
    ['auto', 'modern', { versionNegotiation: { mode: 'auto' } }],
    ['pinned', 'modern', { versionNegotiation: { mode: { pin: '2026-07-28' } } }],
  ] as const)('v2 %s', async (_kind, era, options) => {
    const client = new ClientV2(info, options);
    await client.connect(new StdioV2(child));
    expect((await client.listTools()).tools).toHaveLength(5);
    expect(await client.callTool({ name: 'era' })).toMatchObject({ content: [{ text: era }] });
    await client.close();
  });
});

describe('own streams', () => {
  const stopped: string[] = [];
  const host: Host = {
    info: { name: 'in-process', version: '1.0.0' },
    log: { log: () => {} },
    changes: { publish: () => {}, subscribe: () => () => {} },
    createServer: () => new Server({ name: 'in-process', version: '1.0.0' }, { capabilities: { tools: {} } }),
    createSession: () => {
      throw new Error('stdio has one protocol server for its one session');
    },
    stop: async () => void stopped.push('stop'),
    scoped: false,
    requiredScopes: () => [],
    headerParameters: () => [],
  };

  test('leave the process alone, and are let go on close', async () => {
    const before = { write: process.stdout.write, signals: process.listenerCount('SIGTERM') };
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const transport = stdio({ stdin, stdout });
    await transport.start(host);
    expect(process.stdout.write).toBe(before.write);
    expect(process.listenerCount('SIGTERM')).toBe(before.signals + 1);
    stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    expect(JSON.parse(String((await once(stdout, 'data'))[0]))).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: {},
    });

    await transport.close();
    await transport.close();
    expect(process.listenerCount('SIGTERM')).toBe(before.signals);
    expect(stdin.listenerCount('data')).toBe(0);
    expect(stopped).toEqual([]);
  });

  test('their end stops the host', async () => {
    const stdin = new PassThrough();
    await stdio({ stdin, stdout: new PassThrough(), signals: false }).start(host);
    stdin.end();
    await once(stdin, 'close');
    expect(stopped).toEqual(['stop']);
  });

  test('a transport starts once', async () => {
    const transport = stdio({ stdin: new PassThrough(), stdout: new PassThrough(), signals: false });
    await transport.start(host);
    await expect(transport.start(host)).rejects.toThrow('stdio().start: this transport was started before.');
    await transport.close();
    await expect(transport.start(host)).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});
