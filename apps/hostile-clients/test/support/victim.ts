import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/serve.js', import.meta.url));
const faulty = fileURLToPath(new URL('../fixtures/faulty-server.mjs', import.meta.url));

export type Transport = 'streamable-http' | 'sse' | 'stdio';

/** A server in a process of its own: what kills it or fills its memory can be seen from here. */
export class Victim {
  stderr = '';
  /** Its URL; means nothing on stdio. */
  address = '';

  private constructor(readonly process: ChildProcess) {
    process.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
    process.stdin?.on('error', () => {}); // a dead process is reported by what is asked of it next
  }

  /** With a fault of fixtures/faulty-server.mjs, if one is named. */
  static async start(transport: Transport, fault?: string): Promise<Victim> {
    const [file, args] = fault === undefined ? [program, [transport]] : [faulty, [transport, fault]];
    const child = fork(file, args, {
      execArgv: ['--expose-gc'],
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    });
    const victim = new Victim(child);
    victim.address = String((await victim.#message())['address']);
    return victim;
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Bytes that it holds after a collection, in its heap and in buffers. */
  async memory(): Promise<number> {
    if (this.isAlive) this.process.send('memory');
    return Number((await this.#message())['bytes']);
  }

  /** Throws, with what it wrote to stderr, unless the process is alive. */
  requireLife(): void {
    const { exitCode, signalCode } = this.process;
    if (!this.isAlive)
      throw new Error(`The process ended (${signalCode ?? exitCode}). ${this.stderr.slice(-500)}`);
  }

  async #message(): Promise<Record<string, unknown>> {
    this.requireLife();
    const stop = new AbortController();
    const { signal } = stop;
    const ended = once(this.process, 'exit', { signal }).then(() => this.requireLife());
    ended.catch(() => {}); // aborted when the message has come
    const came = once(this.process, 'message', { signal }) as Promise<[Record<string, unknown>]>;
    came.catch(() => {}); // aborted when the process has ended
    try {
      await Promise.race([came, ended]);
      return (await came)[0];
    } finally {
      stop.abort();
    }
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }
}

/** Places of a stack, as they are or inside JSON. */
export const internals = /\s+at .+:\d+:\d+|node_modules/;

/** Throws unless a text is one JSON-RPC message, or several in a batch. */
export function requireJsonRpc(text: string): void {
  if (internals.test(text)) throw new Error(`Internals in an answer: ${text.slice(0, 300)}`);
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
