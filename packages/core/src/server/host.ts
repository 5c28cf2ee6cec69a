import type { LiveCatalog } from '../catalog/index.js';
import { MemorySessionStore, type RunningServer, type SessionStore } from '../context/index.js';
import { DevCheck, Executor, type InFlight } from '../execution/index.js';
import type { Logger } from '../logging/index.js';
import type { Middleware } from '../middleware/index.js';
import {
  type ChangeBus,
  type Host,
  protocolServers,
  requiredScopes,
  type SessionHooks,
} from '../protocol/index.js';
import { MemoryRoundLedger } from '../replay/index.js';
import type { Environment } from './environment.js';
import type { Telemetry } from '../telemetry/index.js';
import { defaults, type McpServerOptions } from './options.js';
import { lazySealer } from './sealer.js';

export interface HostParts {
  readonly server: RunningServer & { stop(): Promise<void> };
  /** What `onStart()` returned. */
  readonly app: unknown;
  readonly catalog: LiveCatalog;
  readonly options: McpServerOptions;
  readonly environment: Environment;
  readonly changes: ChangeBus;
  readonly inFlight: InFlight;
  readonly sessionHooks: SessionHooks;
  readonly log: Logger;
  readonly telemetry: Telemetry;
  /** Around every request, outermost first. */
  readonly middleware: readonly Middleware[];
}

/** Puts the parts together that serve: what the transports get. */
export function createHost(parts: HostParts): Host {
  const { server, app, catalog, options, environment, changes, inFlight, sessionHooks, log, middleware } =
    parts;
  const sessions = options.sessions ?? sessionsInMemory(log);
  const state = options.state ?? {};
  const executor = new Executor({
    catalog,
    surroundings: {
      server,
      app,
      log,
      telemetry: parts.telemetry,
      changes,
      sessions,
      sampling: options.sampling,
      progressInterval: options.progressInterval ?? 0,
    },
    inFlight,
    middleware,
    sealer: lazySealer(state, environment, log),
    ledger: state.ledger ?? new MemoryRoundLedger(),
    graceMs: defaults.replayGrace,
    devCheck: devCheckOf(parts),
  });
  return {
    info: catalog.current.info,
    log,
    changes,
    get scoped() {
      return catalog.scoped;
    },
    requiredScopes: (message) => (catalog.scoped ? requiredScopes(catalog.current, message) : []),
    ...protocolServers({ catalog, executor, changes, sessions, sessionHooks, log }),
    headerParameters: (tool) => catalog.current.tools.get(tool)?.headers ?? [],
    stop: () => server.stop(),
  };
}

function devCheckOf({ options, environment, inFlight, log }: HostParts): DevCheck | undefined {
  const isWanted = options.devCheck ?? environment.isDevelopment;
  return isWanted ? new DevCheck({ inFlight, log, graceMs: defaults.replayGrace }) : undefined;
}

function sessionsInMemory(log: Logger): SessionStore {
  return new MemorySessionStore({
    onEvict: ({ kind }) =>
      log.log(
        'warning',
        `ctx.session: the values of a ${kind} gave way to others'. Give the server a larger store (option "sessions").`,
      ),
  });
}
