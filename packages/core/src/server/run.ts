// not the global: a test's fake clock must not keep a server from stopping
import { setImmediate } from 'node:timers';
import { messageOf, RepriseError } from '../errors/index.js';
import type { InFlight } from '../execution/index.js';
import type { Logger } from '../logging/index.js';
import type { Host, Transport } from '../protocol/index.js';

/** What one run of a server consists of beside its transports. */
export interface RunParts {
  /** The class of the server, for errors. */
  readonly where: string;
  readonly log: Logger;
  readonly inFlight: InFlight;
  /** How long running calls may take to end, in milliseconds. */
  readonly stopGrace: number;
  /** Makes everything ready before the first client can come. */
  open(): Promise<Host>;
  /** Ends what `open` began; called last, also when `open` failed. */
  close(): Promise<void>;
}

/** The one life of a server, from start to stop. A server that failed to start is stopped as well. */
export class Run {
  #phase: 'new' | 'starting' | 'serving' | 'stopped' = 'new';
  #transports: readonly Transport[] = [];
  #starting: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(private readonly parts: RunParts) {}

  /** Until `stop` is called. */
  get isAlive(): boolean {
    return this.#phase === 'starting' || this.#phase === 'serving';
  }

  async start(transports: readonly Transport[]): Promise<void> {
    this.#assertStartable(transports);
    this.#phase = 'starting';
    this.#transports = transports;
    this.#starting = this.#launch();
    try {
      await this.#starting;
    } catch (thrown) {
      await this.stop().catch((cause: unknown) =>
        this.parts.log.log('error', 'The server did not stop cleanly', { cause: messageOf(cause) }),
      );
      throw thrown;
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#shutDown();
    return this.#stopped;
  }

  async #launch(): Promise<void> {
    for (const transport of this.#transports) transport.prepare?.();
    const host = await this.parts.open();
    for (const transport of this.#transports) {
      this.#assertNotStopped();
      await transport.start(host);
      this.parts.log.log('info', 'serving', { transport: transport.name, address: transport.address });
    }
    this.#assertNotStopped();
    this.#phase = 'serving';
  }

  async #shutDown(): Promise<void> {
    const { inFlight, stopGrace } = this.parts;
    this.#phase = 'stopped';
    await this.#starting.catch(() => {}); // start() reports it
    const failures: unknown[] = [];
    const attempt = (work: () => Promise<void>) => work().catch((thrown: unknown) => failures.push(thrown));
    await Promise.all(this.#transports.map((transport) => attempt(() => transport.drain())));
    await inFlight.drain(stopGrace);
    // answers that are ready still have to reach their sockets
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(this.#transports.map((transport) => attempt(() => transport.close())));
    await attempt(() => this.parts.close());
    if (failures.length > 1) throw new AggregateError(failures, failures.map(messageOf).join('; '));
    if (failures.length === 1) throw failures[0];
  }

  /** Throws ALREADY_STARTED for what can be done before `start` only. */
  assertNew(what: string, fix: string): void {
    if (this.#phase !== 'new')
      throw new RepriseError('ALREADY_STARTED', what, { where: this.parts.where, fix });
  }

  #assertStartable(transports: readonly Transport[]): void {
    const { where } = this.parts;
    this.assertNew('A server starts once.', 'Construct a new one.');
    if (transports.length === 0)
      throw new RepriseError('INVALID_OPTION', 'start() got no transport.', {
        where,
        fix: 'Give one, such as start(stdio()) or start(streamableHttp({ port: 3000 })).',
      });
  }

  #assertNotStopped(): void {
    if (this.#phase === 'stopped')
      throw new RepriseError('STOPPING', 'The server was stopped while it started.', {
        where: this.parts.where,
      });
  }
}
