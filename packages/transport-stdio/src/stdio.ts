import type { Readable, Writable } from 'node:stream';
import { RepriseError, type Host, type Transport } from '@reprise/core/transport';
import { openConnection, type Connection } from './connection.js';
import { guardStdout } from './stdout-guard.js';
import { endSoon, stopOnSignals } from './process-end.js';

export interface StdioOptions {
  /** Where messages come from. Default `process.stdin`. Its end stops the server. */
  stdin?: Readable;
  /** Where messages go. Default `process.stdout`, which then belongs to the protocol alone. */
  stdout?: Writable;
  /** Longest message in bytes; a longer one is skipped and answered with -32600. Default 10 MiB. */
  lineLimit?: number;
  /** SIGTERM and SIGINT stop the server gracefully and exit with 0, a second one exits at once. Default true. */
  signals?: boolean;
}

/**
 * Serves one client over a pair of streams, by default those of the process; clients of both eras.
 *
 * While it runs, `console.log` and everything else written to `process.stdout` goes to stderr, and so does what the
 * server's own classes print when they are loaded and constructed by `start()`.
 * When the client closes `process.stdin`, the running calls are aborted, the server stops and the process ends:
 * by itself, or a second later if something keeps it alive. Throws ALREADY_STARTED if given to two servers.
 */
export function stdio(options: StdioOptions = {}): Transport {
  return new StdioTransport(options);
}

class StdioTransport implements Transport {
  readonly name = 'stdio';
  readonly address = 'stdio';
  readonly #options: StdioOptions;
  /** What `close` has to undo, the latest first. */
  readonly #undo: (() => void)[] = [];
  #stdout: Writable | undefined;
  #connection: Connection | undefined;
  #state: 'idle' | 'serving' | 'closed' = 'idle';

  constructor(options: StdioOptions) {
    this.#options = options;
  }

  /** From here on stdout is the protocol's. */
  prepare(): void {
    if (this.#state === 'idle') this.#stdout ??= this.#options.stdout ?? this.#takeStdout();
  }

  async start(host: Host): Promise<void> {
    if (this.#state !== 'idle') {
      throw new RepriseError('ALREADY_STARTED', 'this transport was started before.', {
        where: 'stdio().start',
        fix: 'Call stdio() once for each server.',
      });
    }
    this.prepare();
    this.#state = 'serving';
    const { stdin = process.stdin, signals = true, lineLimit = 10 * 1024 * 1024 } = this.#options;
    if (signals) this.#undo.unshift(stopOnSignals(host));
    const pipe = { stdin, stdout: this.#stdout ?? process.stdout, lineLimit };
    this.#connection = await openConnection(host, pipe, () => this.#onClientGone(host, stdin));
  }

  /** Reading goes on: the answers that running calls wait for come the same way as new calls. The host refuses those. */
  async drain(): Promise<void> {}

  async close(): Promise<void> {
    this.#state = 'closed';
    await this.#connection?.close();
    for (const undo of this.#undo.splice(0)) undo();
  }

  #takeStdout(): Writable {
    const guard = guardStdout(process.stdout, process.stderr);
    this.#undo.unshift(() => guard.release());
    return guard.stream;
  }

  #onClientGone(host: Host, stdin: Readable): void {
    if (this.#state === 'closed') return;
    void host.stop().finally(() => {
      if (stdin === process.stdin) endSoon();
    });
  }
}
