import { buildCatalog } from '../catalog/index.js';
import type { RunningServer } from '../context/index.js';
import { RepriseError } from '../errors/index.js';
import { Executor, InFlight } from '../execution/index.js';
import { createWinstonLogger, type Logger } from '../logging/index.js';
import type { ServerOptions } from '../metadata/index.js';
import {
  createProtocolServer,
  type Host,
  InMemoryServerEventBus,
  type Transport,
} from '../protocol/index.js';
import { MemoryRoundLedger } from '../replay/index.js';
import { type Environment, readEnvironment } from './environment.js';
import { defaults, type McpServerOptions } from './options.js';
import { lazySealer } from './sealer.js';

/**
 * The base of every server: subclass it, put `@Server` on the class and `@Tool`, `@Resource` or `@Prompt` on its
 * methods, then `start` it on one transport or several.
 */
export abstract class McpServer implements RunningServer {
  readonly #options: McpServerOptions;
  readonly #environment: Environment = readEnvironment();
  readonly #changes = new InMemoryServerEventBus();
  readonly #inFlight = new InFlight();
  readonly #log: Logger;
  #transports: readonly Transport[] = [];
  #phase: 'new' | 'started' | 'stopped' = 'new';
  #stopped: Promise<void> | undefined;

  constructor(options: McpServerOptions = {}) {
    this.#options = options;
    this.#log =
      options.logger ??
      createWinstonLogger({
        level: options.logLevel ?? 'info',
        format: this.#environment.isProduction ? 'json' : 'pretty',
      });
  }

  /**
   * Checks every declaration, then serves. Resolves when clients can connect on all transports.
   * Throws StartUpError with every mistake found, and what the transports throw (ADDRESS_IN_USE).
   */
  async start(...transports: Transport[]): Promise<this> {
    this.#assertStartable(transports);
    this.#phase = 'started';
    this.#transports = transports;
    try {
      for (const transport of transports) transport.prepare?.();
      const host = await this.#createHost();
      for (const transport of transports) {
        await transport.start(host);
        this.#log.log('info', 'serving', { transport: transport.name, address: transport.address });
      }
    } catch (thrown) {
      await this.stop();
      throw thrown;
    }
    return this;
  }

  /**
   * Takes no new request, lets the running calls end (10 seconds at most, see `stopGrace`), aborts what is left and
   * closes every connection. Safe to call twice.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#shutDown();
    return this.#stopped;
  }

  /** Tells every client that the list of tools is another one now. */
  notifyToolsChanged(): void {
    this.#changes.publish({ kind: 'tools_list_changed' });
  }

  /** Tells every client that the list of prompts is another one now. */
  notifyPromptsChanged(): void {
    this.#changes.publish({ kind: 'prompts_list_changed' });
  }

  /** Tells every client that the list of resources is another one now. */
  notifyResourcesChanged(): void {
    this.#changes.publish({ kind: 'resources_list_changed' });
  }

  /** Tells the clients that subscribed to a resource that its content is another one now. */
  notifyResourceUpdated(uri: string): void {
    this.#changes.publish({ kind: 'resource_updated', uri });
  }

  #assertStartable(transports: readonly Transport[]): void {
    const where = this.constructor.name;
    if (this.#phase !== 'new')
      throw new RepriseError('ALREADY_STARTED', 'A server starts once.', {
        where,
        fix: 'Construct a new one.',
      });
    if (transports.length === 0)
      throw new RepriseError('INVALID_OPTION', 'start() got no transport.', {
        where,
        fix: 'Give one, such as start(stdio()) or start(streamableHttp({ port: 3000 })).',
      });
  }

  async #createHost(): Promise<Host> {
    const log = this.#log;
    const changes = this.#changes;
    const inFlight = this.#inFlight;
    const state = this.#options.state ?? {};
    const catalog = await buildCatalog(
      this,
      this.#overrides,
      Object.getOwnPropertyNames(McpServer.prototype),
    );
    const executor = new Executor({
      catalog,
      surroundings: { server: this, log },
      inFlight,
      sealer: lazySealer(state, this.#environment, log),
      ledger: state.ledger ?? new MemoryRoundLedger(),
      graceMs: defaults.replayGrace,
    });
    return {
      info: catalog.info,
      log,
      changes,
      createServer: (origin) => createProtocolServer({ catalog, executor, changes, log }, origin),
      stop: () => this.stop(),
    };
  }

  get #overrides(): Partial<ServerOptions> {
    const {
      state: _state,
      logger: _logger,
      logLevel: _level,
      stopGrace: _grace,
      ...overrides
    } = this.#options;
    return overrides;
  }

  async #shutDown(): Promise<void> {
    this.#phase = 'stopped';
    await Promise.all(this.#transports.map((transport) => transport.drain()));
    await this.#inFlight.drain(this.#options.stopGrace ?? defaults.stopGrace);
    // answers that are ready still have to reach their sockets
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(this.#transports.map((transport) => transport.close()));
  }
}
