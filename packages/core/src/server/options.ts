import type { Logger, LogLevel } from '../logging/index.js';
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
  /** A logger of your own. Default: winston to stderr, JSON in production, readable elsewhere. */
  logger?: Logger;
  /** Of the default logger. Default `info`. */
  logLevel?: LogLevel;
  /** How long `stop()` waits for running calls, in milliseconds. Default 10 seconds. */
  stopGrace?: number;
}

export const defaults = {
  stateTtl: 60 * 60_000,
  stateMaxBytes: 256 * 1024,
  stopGrace: 10_000,
  /** How long untracked I/O may take on replay to reach a question that is answered already. */
  replayGrace: 1_000,
} as const;
