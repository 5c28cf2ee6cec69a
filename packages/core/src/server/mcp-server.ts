import { type ChangedList, LiveCatalog } from '../catalog/index.js';
import type { ComponentSelection, RunningServer } from '../context/index.js';
import { RepriseError } from '../errors/index.js';
import { InFlight } from '../execution/index.js';
import { createLogger, type Logger } from '../logging/index.js';
import { type AnyClass, type ComponentClass, recordsOf } from '../metadata/index.js';
import type { Middleware } from '../middleware/index.js';
import { ChangeBus, type Host, type Session, type Transport } from '../protocol/index.js';
import { describeCatalog } from './describe.js';
import type { ServerDescription } from './description.js';
import { Telemetry } from '../telemetry/index.js';
import { type Environment, readEnvironment } from './environment.js';
import { createHost } from './host.js';
import { logLevelOf } from './log-level.js';
import { defaults, type McpServerOptions, serverOptionsIn } from './options.js';
import { Run } from './run.js';
import { select } from './select.js';
import { SessionWatch } from './session-watch.js';

/**
 * The base of every server: subclass it, put `@Server` on the class and `@Tool`, `@Resource` or `@Prompt` on its
 * methods, then `start` it on one transport or several. `App` is what `onStart` returns: `McpServer<App>` here,
 * `Context<App>` in handlers.
 */
export abstract class McpServer<App = unknown> implements RunningServer {
  readonly #options: McpServerOptions;
  readonly #environment: Environment = readEnvironment();
  readonly #changes = new ChangeBus();
  readonly #inFlight = new InFlight();
  readonly #log: Logger;
  readonly #telemetry = new Telemetry();
  readonly #sessions: SessionWatch;
  readonly #run: Run;
  readonly #middleware: Middleware[] = [];
  #reading: Promise<LiveCatalog> | undefined;
  #catalog: LiveCatalog | undefined;
  #started: { readonly app: App } | undefined;

  constructor(options: McpServerOptions = {}) {
    this.#options = options;
    this.#log = createLogger(options.logger, {
      level: logLevelOf(options, this.#environment),
      format: this.#environment.isProduction ? 'json' : 'pretty',
    });
    this.#sessions = new SessionWatch(
      {
        onSessionStart: (session) => this.onSessionStart?.(session),
        onSessionEnd: (session) => this.onSessionEnd?.(session),
      },
      this.#log,
    );
    this.#run = new Run({
      where: this.constructor.name,
      log: this.#log,
      inFlight: this.#inFlight,
      stopGrace: options.stopGrace ?? defaults.stopGrace,
      open: () => this.#open(),
      close: () => this.#close(),
    });
  }

  /**
   * Called once by `start`, when every declaration was checked and before the first client can connect. What it returns
   * is `ctx.app` in every handler. If it throws, the server does not start: `start` rejects with what was thrown.
   */
  protected onStart?(): App | Promise<App>;
  /** Called once by `stop` if `onStart` came to its end: after the last call has ended and every connection is closed. */
  protected onStop?(app: App): void | Promise<void>;
  /** Called when a legacy client is ready. What it throws is logged. */
  protected onSessionStart?(session: Session): void | Promise<void>;
  /** Called when the connection of such a client is gone, after `onSessionStart` has ended. What it throws is logged. */
  protected onSessionEnd?(session: Session): void | Promise<void>;

  /**
   * Checks every declaration, calls `onStart`, then serves. Resolves when clients can connect on all transports.
   * Throws StartUpError with every mistake found, what `onStart` throws, and what the transports throw (ADDRESS_IN_USE);
   * then everything that was begun is ended again.
   */
  async start(...transports: Transport[]): Promise<this> {
    await this.#run.start(transports);
    return this;
  }

  /**
   * Takes no new request, lets the running calls end (10 seconds at most, see `stopGrace`), aborts what is left,
   * closes every connection and calls `onStop`. Safe to call twice. Rejects with what could not be ended.
   */
  stop(): Promise<void> {
    return this.#run.stop();
  }

  /**
   * Puts middleware around every request of this server, outside of what `@Use` puts there; the first is the outermost.
   * Before `start`. Throws ALREADY_STARTED.
   */
  use(...middleware: readonly Middleware[]): this {
    this.#run.assertNew('use() came after start().', 'Call it before.');
    this.#middleware.push(...middleware);
    return this;
  }

  /**
   * What clients see of every component, what is enforced beyond that, and what they may stumble over. Works without
   * starting: then it constructs the components, once, and `start` serves those. Throws StartUpError as `start` does.
   */
  async describe(): Promise<ServerDescription> {
    return describeCatalog((await this.#read()).current);
  }

  /** Offers again what was disabled, and tells every client. Throws UNKNOWN_COMPONENT, NOT_RUNNING. */
  enable(components: ComponentSelection): void {
    this.#show('enable', components, true);
  }

  /**
   * Takes components out of the lists, refuses new calls of them and tells every client. Calls that run go on; a call
   * that waits for its client (2026-07-28) is refused when it comes back. Throws UNKNOWN_COMPONENT, NOT_RUNNING.
   */
  disable(components: ComponentSelection): void {
    this.#show('disable', components, false);
  }

  /**
   * Puts other components in the place of those that were listed or discovered, and tells every client. The server's own
   * handlers stay, so do the instances of classes that are listed again, and what is disabled stays disabled.
   * Throws StartUpError with every mistake found, UNANNOUNCED_KIND, NOT_RUNNING; then everything stays as it was.
   */
  async replace(components: readonly ComponentClass[]): Promise<void> {
    this.#tell(await this.#running('replace').replace(components));
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

  #show(member: 'enable' | 'disable', components: ComponentSelection, isShown: boolean): void {
    const catalog = this.#running(member);
    const chosen = select(catalog.entries, components, `${this.constructor.name}.${member}`);
    this.#tell(catalog.show(chosen, isShown));
  }

  #running(member: string): LiveCatalog {
    if (this.#catalog !== undefined && this.#run.isAlive) return this.#catalog;
    throw new RepriseError('NOT_RUNNING', 'the server does not run.', {
      where: `${this.constructor.name}.${member}`,
      fix: 'Call it in onStart() at the earliest, and not after stop().',
    });
  }

  #tell(changed: readonly ChangedList[]): void {
    if (changed.includes('tools')) this.notifyToolsChanged();
    if (changed.includes('prompts')) this.notifyPromptsChanged();
    if (changed.includes('resources')) this.notifyResourcesChanged();
    if (changed.length > 0) this.#log.log('info', 'the catalog has changed', { lists: changed });
  }

  #read(): Promise<LiveCatalog> {
    this.#reading ??= LiveCatalog.read(this, {
      overrides: serverOptionsIn(this.#options),
      reserved: [...Object.getOwnPropertyNames(McpServer.prototype), ...hooks],
    });
    return this.#reading;
  }

  async #open(): Promise<Host> {
    const catalog = await this.#telemetry.building(this.constructor.name, () => this.#read());
    this.#catalog = catalog;
    const app = (await this.onStart?.()) as App; // without onStart, App is unknown
    this.#started = { app };
    return createHost({
      server: this,
      app,
      catalog,
      options: this.#options,
      environment: this.#environment,
      changes: this.#changes,
      inFlight: this.#inFlight,
      sessionHooks: this.#sessions,
      log: this.#log,
      telemetry: this.#telemetry,
      middleware: [...this.#middleware, ...middlewareOf(this)],
    });
  }

  async #close(): Promise<void> {
    await this.#sessions.settled(defaults.sessionEnds);
    if (this.#started !== undefined) await this.onStop?.(this.#started.app);
  }
}

/** What @Use put on the class of a server. */
function middlewareOf(server: object): readonly Middleware[] {
  const cls = server.constructor as AnyClass; // whoever made the instance
  // metadata/ cannot name Context, so the record types its arguments as never; decorators/ typed them for the user
  return recordsOf(cls).middleware as readonly Middleware[];
}

const hooks = ['onStart', 'onStop', 'onSessionStart', 'onSessionEnd'];
