import type { ClientCapabilities, Implementation, Root } from '@modelcontextprotocol/client';
import type { InMemoryTransport } from '@modelcontextprotocol/server';
import type { Era, LogLevel, McpServer } from '@reprise/core';
import type { RecordedLog } from '../server/recorded-log.js';
import type { TestPrincipal } from './test-principal.js';

/** What the client of a test is like. */
export interface ConnectOptions {
  /** Which protocol the client speaks: `modern` (2026-07-28) or `legacy` (up to 2025-11-25). Default `modern`. */
  era?: Era;
  /** What the client calls itself. Default `@reprise/testing`. */
  info?: Implementation;
  /** What the client says it can do. Default: everything a server can ask for. */
  capabilities?: ClientCapabilities;
  /** The folders that `ctx.listRoots()` finds. Default: `file:///work`. */
  roots?: readonly Root[];
  /** Who the client is authenticated as. Default: nobody. */
  principal?: TestPrincipal;
  /** From which level on the client wants log messages. Default `debug`: all. */
  logLevel?: LogLevel;
  /**
   * Each round of a call meets a new server, as if the process had died in between. Needs a class or a function that
   * passes its options on to `McpServer`. Without effect on legacy, where a call has one round.
   */
  crashBetweenRounds?: boolean;
}

/** Options of one call. */
export interface CallOptions {
  /** Cancels the call. */
  signal?: AbortSignal;
  /** Milliseconds that each round may take. Default 24 days: the limit of the test comes first. */
  timeout?: number;
}

/** The server's side of a connection. */
export interface Connection {
  readonly pipe: InMemoryTransport;
  /** When all that the connection began on the server's side has ended. */
  ended?(): Promise<void>;
}

/** What a client knows of its server. */
export interface Belongings {
  readonly server: McpServer;
  readonly log: RecordedLog;
  readonly connection: Connection;
  /** Called by `close()`, last. */
  readonly onClose?: () => Promise<void>;
}
