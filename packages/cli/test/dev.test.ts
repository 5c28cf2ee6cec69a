import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, describe, expect, test } from '@jest/globals';
import { lastingPort } from '@reprise/transport-contract/lasting-port';
import { greeter, Project } from './support/project.js';
import { bin, eventually, isAlive, reprise, Running } from './support/reprise.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

function project(files: Record<string, string>): Project {
  const made = new Project(files);
  cleanUp.push(() => made.remove());
  return made;
}

function running(words: readonly string[], { folder }: Project): Running {
  const made = new Running(words, folder);
  cleanUp.push(() => made.stop());
  return made;
}

/** The word and the process id that the greeter at a port answers with. */
async function greetingAt(port: number): Promise<{ word: string; pid: number }> {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)));
    return parse(await client.callTool({ name: 'greet' }));
  } finally {
    await client.close();
  }
}

function parse(result: object): { word: string; pid: number } {
  const { content } = result as { content: [{ text: string }] }; // both SDKs
  const [{ text }] = content;
  const [word = '', pid] = text.split(' ');
  return { word, pid: Number(pid) };
}

const until = (word: string, port: number) => () =>
  greetingAt(port).then((greeting) => (greeting.word === word ? greeting : undefined));

function childrenOf(pid: number | undefined): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (parent === pid && child ? [child] : []));
}

describe('reprise dev over HTTP', () => {
  test('starts again on the same port, keeps the last good server, and leaves no process behind', async () => {
    const port = await lastingPort();
    const start = `streamableHttp({ port: ${port} })`;
    const made = project({ 'src/main.ts': greeter('hello', start) });
    const dev = running(['dev'], made);
    const first = await eventually(until('hello', port));

    // a busy machine gets three tries; every one is a restart of its own
    let took = Infinity;
    let second = first;
    for (let round = 1; round <= 3 && took > 5000; round++) {
      const edited = Date.now();
      made.write('src/main.ts', greeter(`bonjour${round}`, start));
      second = await eventually(until(`bonjour${round}`, port));
      took = Date.now() - edited;
      process.stdout.write(`reprise dev: ${took} ms from the edit to the first answer\n`);
    }
    expect(took).toBeLessThan(5000);
    expect(second.pid).not.toBe(first.pid);
    expect(isAlive(first.pid)).toBe(false);

    made.write('src/main.ts', greeter('ciao', `${start} as number`));
    await eventually(() => (/error TS\d+/.test(dev.stderr) ? true : undefined));
    expect(dev.stderr).toMatch(/\d errors?; the last good server goes on/);
    expect(await greetingAt(port)).toEqual(second);

    made.write('src/main.ts', greeter('servus', start));
    const last = await eventually(until('servus', port));
    const children = childrenOf(dev.child.pid);
    expect(children).toContain(last.pid);
    expect(children).toHaveLength(2);
    expect(await dev.stop('SIGINT')).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  test('a server that does not end is killed; one that crashes starts again after a change', async () => {
    const port = await lastingPort();
    const start = `streamableHttp({ port: ${port} })`;
    const made = project({
      'src/main.ts': `${greeter('stubborn', start)}\nprocess.removeAllListeners('SIGTERM').on('SIGTERM', () => {});\n`,
    });
    const dev = running(['dev', '--grace', '200'], made);
    const first = await eventually(until('stubborn', port));
    made.write('src/main.ts', `console.error('I crash'); process.exit(3);`);
    await eventually(() => (/ended by itself \(code 3\)/.test(dev.stderr) ? true : undefined));
    expect(isAlive(first.pid)).toBe(false);
    made.write('src/main.ts', greeter('back', start));
    await eventually(until('back', port));
  });

  test('waits for its port', async () => {
    const port = await lastingPort();
    const blocker = createServer().listen(port, '127.0.0.1');
    await once(blocker, 'listening');
    const made = project({ 'src/main.ts': greeter('patient', `streamableHttp({ port: ${port} })`) });
    const dev = running(['dev'], made);
    await eventually(() => (dev.stderr.includes('is taken by another process') ? true : undefined));
    blocker.close();
    await eventually(until('patient', port));
  });

  test('says what is missing', async () => {
    const made = project({});
    const broken = await reprise(['dev', '--project', 'missing.json'], made.folder);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/missing\.json cannot be used[\s\S]*fix: /);
    expect(broken.stdout).toBe('');
  });
});

describe('reprise dev as the command of a client', () => {
  const command = { command: process.execPath, args: [bin, 'dev', 'src/main.ts'], stderr: 'pipe' as const };

  test('a legacy client keeps its session when the server starts again, and hears of it', async () => {
    const made = project({ 'src/main.ts': greeter('hello', 'stdio()') });
    const client = new ClientV1({ name: 'old', version: '1.0.0' });
    const transport = new StdioV1({ ...command, cwd: made.folder });
    let heard = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => void heard++);
    cleanUp.push(() => client.close());
    await client.connect(transport);
    const first = parse(await client.callTool({ name: 'greet' }));
    expect(first.word).toBe('hello');

    made.write('src/main.ts', greeter('bonjour', 'stdio()'));
    const second = await eventually(async () => {
      const greeting = parse(await client.callTool({ name: 'greet' }));
      return greeting.word === 'bonjour' ? greeting : undefined;
    });
    expect(second.pid).not.toBe(first.pid);

    await eventually(() => heard || undefined);
    const dev = transport.pid ?? 0;
    const children = childrenOf(dev);
    expect(children).toHaveLength(2);
    await client.close();
    await eventually(() => ([dev, ...children].some(isAlive) ? undefined : true));
  });

  test('a modern client goes on', async () => {
    const made = project({ 'src/main.ts': greeter('hello', 'stdio()') });
    const client = new Client(
      { name: 'new', version: '1.0.0' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    cleanUp.push(() => client.close());
    await client.connect(new StdioClientTransport({ ...command, cwd: made.folder }));
    expect(parse(await client.callTool({ name: 'greet' })).word).toBe('hello');
    made.write('src/main.ts', greeter('bonjour', 'stdio()'));
    await eventually(async () =>
      parse(await client.callTool({ name: 'greet' })).word === 'bonjour' ? true : undefined,
    );
  });
});
