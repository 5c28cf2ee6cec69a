import type { ServerEvent } from '@modelcontextprotocol/server';
import type { Logger } from '../logging/index.js';
import type { Telemetry } from '../telemetry/index.js';
import type { RunningServer } from './running-server.js';
import type { SamplingOptions } from './sampling/index.js';
import type { SessionStore } from './state/session-store.js';

/** What all requests of one server share. */
export interface Surroundings {
  readonly server: RunningServer;
  /** Of the server; a request sees it with its own fields in each line. */
  readonly log: Logger;
  readonly telemetry: Telemetry;
  /** What `onStart()` of the server returned. */
  readonly app: unknown;
  /** Resolves when every connected client has been told; rejects when one could not be. */
  readonly changes: { deliver(event: ServerEvent): Promise<void> };
  readonly sessions: SessionStore;
  /** Milliseconds between two progress messages of a call; 0 for no limit. */
  readonly progressInterval: number;
  /** The server's own model, if it has one. */
  readonly sampling: SamplingOptions | undefined;
}
