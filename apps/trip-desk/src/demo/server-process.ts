import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Program {
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** Where a client finds the server: on stdio it starts it itself. */
export type Endpoint =
  | { readonly transport: 'stdio'; readonly program: Program }
  | { readonly transport: 'sse' | 'streamable-http'; readonly url: URL };

/** A trip-desk that listens, in a process of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: Extract<Endpoint, { url: URL }>,
  ) {}

  /** Resolves once it listens. Port 0 takes any free one. Throws when the process ends instead. */
  static async start(
    main: string,
    transport: 'sse' | 'streamable-http',
    { port = 0, env = {} }: { port?: number; env?: Record<string, string> } = {},
  ): Promise<ServerProcess> {
    const { command, args } = programOf(main, ['--transport', transport, '--port', String(port)], env);
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = collect(child.stderr);
    for await (const line of linesOf(child.stdout)) {
      const address = /http:\/\/\S+/.exec(line)?.[0];
      if (address) return new ServerProcess(child, { transport, url: new URL(address) });
    }
    throw new Error(`trip-desk did not start:\n${said()}`);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get port(): number {
    return Number(this.endpoint.url.port);
  }

  /** As Ctrl-C does. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Without a chance to save anything. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const isRunning = this.child.exitCode === null && this.child.signalCode === null;
    if (isRunning) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    return this.child.exitCode;
  }
}

export function programOf(main: string, args: readonly string[], env: Record<string, string>): Program {
  return { command: process.execPath, args: [main, ...args], env };
}

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let text = '';
  stream.setEncoding('utf8');
  // a stream that is left early must go on flowing: the child would block on a full pipe
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    yield* lines;
  }
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
