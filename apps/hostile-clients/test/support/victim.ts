import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/serve.js', import.meta.url));

export type Transport = 'streamable-http' | 'sse' | 'stdio';

/** A server in a process of its own: what kills it or fills its memory can be seen from here. */
export class Victim {
  stderr = '';

  private constructor(
    readonly process: ChildProcess,
    readonly address: string,
  ) {
    process.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
  }

  static async start(transport: Transport): Promise<Victim> {
    const child = fork(program, [transport], {
      execArgv: ['--expose-gc'],
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    });
    const [{ address }] = (await once(child, 'message')) as [{ address: string }];
    return new Victim(child, address);
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Bytes that its heap holds after a collection. */
  async heap(): Promise<number> {
    this.process.send('memory');
    const [{ heap }] = (await once(this.process, 'message')) as [{ heap: number }];
    return heap;
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }
}

/** Throws unless a text is one JSON-RPC message, or several in a batch. */
export function requireJsonRpc(text: string): void {
  if (/\n?\s+at .+:\d+:\d+|node_modules/.test(text))
    throw new Error(`Internals in an answer: ${text.slice(0, 300)}`);
  const parsed: unknown = JSON.parse(text);
  for (const one of Array.isArray(parsed) ? parsed : [parsed]) {
    const kinds = ['result', 'error', 'method'].filter((member) => Object.hasOwn(one, member));
    if (one.jsonrpc !== '2.0' || kinds.length !== 1) throw new Error(`No JSON-RPC: ${text.slice(0, 300)}`);
  }
}

/** Throws for an HTTP answer that is neither JSON-RPC nor a plain refusal. */
export function requireProper(status: number, type: string, body: string): void {
  const at = `status ${status}, ${type}: ${body.slice(0, 300)}`;
  if (status >= 500 || (status >= 300 && status < 400)) throw new Error(`Improper: ${at}`);
  if (body === '') return;
  if (type.startsWith('application/json')) return requireJsonRpc(body);
  if (!type.startsWith('text/event-stream')) throw new Error(`Improper: ${at}`);
  for (const [, data = ''] of body.matchAll(/^data: ?(.*)$/gm))
    if (data.startsWith('{')) requireJsonRpc(data);
}
