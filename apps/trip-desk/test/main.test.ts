import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { readArguments } from '../src/arguments.js';
import { ServerProcess } from '../src/demo/server-process.js';
import { mainPath } from './support/main-path.js';

jest.setTimeout(60_000); // processes are slow to start on a busy machine

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program until it ends; its stdin is empty. */
async function run(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [mainPath, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => err.push(String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, stdout: out.join(''), stderr: err.join('') };
}

describe('the command line', () => {
  test.each([
    [
      ['--transport', 'pigeon'],
      'There is no transport "pigeon". Choose one of: stdio, sse, streamable-http.',
    ],
    [['--port', '80a'], '"80a" is no port. Give a whole number from 0 to 65535.'],
    [['--port', '70000'], '"70000" is no port.'],
    [['--port', ''], '"" is no port.'],
    [['--colour'], "Unknown option '--colour'"],
  ])('%j is refused with the way out', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  test('has defaults', () => {
    expect(readArguments([])).toEqual({ transport: 'streamable-http', port: 3000 });
    expect(readArguments(['--transport', 'sse', '--port', '0'])).toEqual({ transport: 'sse', port: 0 });
    expect(readArguments(['-h'])).toBe('help');
  });

  test('what it cannot mean ends with the usage and code 2', async () => {
    const { code, stdout, stderr } = await run('--port', '-1');
    expect(stderr).toContain('Usage: npm start --');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('stdio leaves stdout to the protocol, and ends with stdin', async () => {
    const { code, stdout, stderr } = await run('--transport', 'stdio');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('"command"');
  });
});

describe.each(['sse', 'streamable-http'] as const)('%s', (transport) => {
  const started: ServerProcess[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.kill();
  });

  test('a taken port is one line with the way out and code 1', async () => {
    const server = await ServerProcess.start(mainPath, transport);
    started.push(server);
    const { code, stderr } = await run('--transport', transport, '--port', String(server.port));
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(new RegExp(`Port ${server.port} .*taken.* choose another port`));
    expect(code).toBe(1);
  });

  test('SIGTERM ends it gracefully', async () => {
    const server = await ServerProcess.start(mainPath, transport);
    started.push(server);
    expect(await server.stop()).toBe(0);
  });
});
