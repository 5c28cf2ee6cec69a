import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Surroundings } from '../surroundings.js';
import { type Message, readMessage } from './message.js';

type Id = string | number;

/**
 * Stands between a client on stdin and stdout and the server of the moment, so that the client keeps its session when
 * the server is started again: the new one gets the client's handshake once more, its answer is kept back, and the
 * client hears that the lists have changed. Requests that the old one leaves open are answered with an error.
 */
export class StdioRelay {
  #child: ChildProcess | undefined;
  #waiting: string[] = [];
  #initialize: { readonly line: string; readonly id: Id } | undefined;
  #initialized: string | undefined;
  /** Whether the client has had the answer to its handshake. */
  #isGreeted = false;
  #handshakes = 0;
  #handshake: Id | undefined;
  readonly #open = new Map<Id, string>();
  #hasEnded = false;

  constructor(private readonly around: Pick<Surroundings, 'stdin' | 'stdout'>) {
    createInterface({ input: around.stdin })
      .on('line', (line) => this.#fromClient(line))
      .on('close', () => {
        this.#hasEnded = true;
        this.#child?.stdin?.end();
      });
  }

  /** Whether the client has gone. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  attach(child: ChildProcess): void {
    this.#child = child;
    child.stdin?.on('error', () => {}); // it ended before it read; its exit is told elsewhere
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => this.#fromServer(child, line));
    if (this.#initialize && this.#isGreeted) this.#greet(this.#initialize.line);
    else this.#flush();
    if (this.#hasEnded) child.stdin?.end();
  }

  /** The server of the moment has ended. */
  detach(): void {
    this.#child = undefined;
    for (const [id, line] of this.#open) {
      if (id === this.#initialize?.id && !this.#isGreeted) this.#waiting.unshift(line);
      else
        this.#toClient({
          id,
          error: { code: -32000, message: 'The server was started again. Send the request once more.' },
        });
    }
    this.#open.clear();
  }

  #fromClient(line: string): void {
    const message = readMessage(line);
    if (message?.method === 'initialize' && message.id !== undefined) {
      this.#initialize = { line, id: message.id };
      this.#isGreeted = false;
    }
    if (message?.method === 'notifications/initialized') this.#initialized = line;
    if (this.#child === undefined || this.#handshake !== undefined) this.#waiting.push(line);
    else this.#toServer(line, message);
  }

  #toServer(line: string, message = readMessage(line)): void {
    if (message?.method !== undefined && message.id !== undefined) this.#open.set(message.id, line);
    this.#child?.stdin?.write(`${line}\n`);
  }

  #fromServer(child: ChildProcess, line: string): void {
    const message = readMessage(line);
    if (message?.id !== undefined && message.method === undefined) {
      if (message.id === this.#handshake) return void (this.#child === child && this.#goOn(message));
      this.#open.delete(message.id);
      if (message.id === this.#initialize?.id) this.#isGreeted = true;
    }
    this.around.stdout.write(`${line}\n`);
  }

  /** The client's own handshake under another id. */
  #greet(line: string): void {
    this.#handshake = `reprise-dev-${++this.#handshakes}`;
    this.#child?.stdin?.write(`${JSON.stringify({ ...readMessage(line), id: this.#handshake })}\n`);
  }

  #goOn({ result }: Message): void {
    this.#handshake = undefined;
    if (this.#initialized !== undefined) this.#toServer(this.#initialized);
    this.#flush();
    for (const list of ['tools', 'prompts', 'resources'])
      if (result?.capabilities?.[list]?.listChanged)
        this.#toClient({ method: `notifications/${list}/list_changed` });
  }

  #flush(): void {
    const lines = this.#waiting;
    this.#waiting = [];
    for (const line of lines) this.#toServer(line);
  }

  #toClient(message: object): void {
    this.around.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}
