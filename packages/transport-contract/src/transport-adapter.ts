import type { Transport as TransportV2 } from '@modelcontextprotocol/client';
import type { Transport as TransportV1 } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ClientKind } from './clients/kinds.js';

/** How the suite meets one transport. */
export interface TransportAdapter {
  /** The kinds of client it can serve. */
  readonly clients: readonly ClientKind[];
  /** Cases that cannot hold on this transport, by name, and why. */
  readonly skips?: Readonly<Record<string, string>>;
  /** Starts a fresh ContractServer that keeps its journal in that file. */
  start(journalFile: string): Promise<Endpoint>;
}

/** A running ContractServer. */
export interface Endpoint {
  /** False where each dial starts a server of its own, which goes away with its client. */
  readonly manyClients: boolean;
  /** A new connection for a client of the SDK of that generation; not opened yet. */
  dialV1(): TransportV1;
  dialV2(): TransportV2;
  /** Stops the server as its operator would (where there are several: the one dialled last); resolves when it has stopped. */
  stop(): Promise<void>;
  /** Whether nothing is left of the stopped server: no process, no open port. */
  gone(): Promise<boolean>;
}
