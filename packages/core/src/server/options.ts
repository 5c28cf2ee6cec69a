import type { Logger, LogLevel } from '../logging/index.js';
import type { SamplingOptions, SessionStore } from '../context/index.js';
import type { ServerOptions } from '../metadata/index.js';
import type { RoundLedger } from '../replay/index.js';

/** How the state of a suspended call is sealed while it travels through the client (2026-07-28). */
export interface StateOptions {
  /**
   * At least 32 bytes each; the first seals, all open. Default: REPRISE_STATE_KEY, else a random key of this process,
   * whose states no replica and no restarted process can open.
   */
  keys?: readonly (string | Uint8Array)[];
  /** Life of a sealed state in milliseconds. Default 1 hour. */
  ttl?: number;
  /** Upper bound of a sealed state in bytes. Default 256 KiB. */
  maxBytes?: number;
  /** Deflates before sealing. Default false: the length of the state would tell about its content. */
  compress?: boolean;
  /** Where rounds with steps are remembered. Default: in this process's memory. */
  ledger?: RoundLedger;
}

/** What is decided when the server is constructed; the rest is in `@Server`, and may be overridden here. */
export interface McpServerOptions extends Partial<ServerOptions> {
  state?: StateOptions;
  /**
   * A logger of your own: what `winston.createLogger` made, or anything with a `log` method. It gets what its own level
   * lets through, without secrets. Default: winston to stderr, JSON in production, readable elsewhere.
   */
  logger?: Logger;
  /** Of the default logger. Default: REPRISE_LOG_LEVEL, else `info`. */
  logLevel?: LogLevel;
  /** How long `stop()` waits for running calls, in milliseconds. Default 10 seconds. */
  stopGrace?: number;
  /** A model of the server's own, for `ctx.sample`. Default: the client is asked. */
  sampling?: SamplingOptions;
  /** Where `ctx.session` keeps its values. Default: in this process's memory, see MemorySessionStore. */
  sessions?: SessionStore;
  /**
   * Plays each first round that asks a second time, in the background, and warns in the log if it asks something else.
   * What a handler does outside of steps before it asks happens twice then. Default: in development, which is when
   * NODE_ENV is neither `production` nor `test`.
   */
  devCheck?: boolean;
  /** At most one progress message of a call in so many milliseconds; the last one is always sent. Default 0: all. */
  progressInterval?: number;
}

export const defaults = {
  stateTtl: 60 * 60_000,
  stateMaxBytes: 256 * 1024,
  stopGrace: 10_000,
  /** How long `stop()` waits for what `onSessionEnd` does. */
  sessionEnds: 5_000,
  /** How long untracked I/O may take on replay to reach a question that is answered already. */
  replayGrace: 1_000,
} as const;

/** What stands in `@Server` otherwise. */
export function serverOptionsIn(options: McpServerOptions): Partial<ServerOptions> {
  const {
    state: _state,
    logger: _logger,
    logLevel: _level,
    stopGrace: _grace,
    sampling: _sampling,
    sessions: _sessions,
    progressInterval: _interval,
    devCheck: _devCheck,
    ...serverOptions
  } = options;
  return serverOptions;
}
