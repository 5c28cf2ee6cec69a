import type { ClientCapabilities, Implementation } from '@modelcontextprotocol/server';
import type { LogLevel } from '../logging/index.js';
import type { WireRequest } from '../replay/index.js';
import type { HttpInfo } from './http-info.js';
import type { Era, TransportName } from './origin.js';

/** One request as the layers below protocol/ see it: no SDK, no wire, the same for both eras. */
export interface Exchange {
  readonly era: Era;
  readonly transport: TransportName;
  readonly requestId: string | number;
  readonly sessionId: string | undefined;
  readonly signal: AbortSignal;
  readonly client: { readonly info: Implementation | undefined; readonly capabilities: ClientCapabilities };
  readonly http: HttpInfo | undefined;
  /** Who is authenticated; empty where nobody is. State of one principal never opens for another. */
  readonly principal: string;
  /** Where progress goes; undefined if the client did not ask for any. */
  readonly progressToken: string | number | undefined;
  /** Modern: the sealed state and the answers that the client brought back. */
  readonly requestState: string | undefined;
  readonly inputResponses: Readonly<Record<string, unknown>>;
  /** Legacy: sends a request to the client on this request's own stream and waits for its answer. */
  request(request: WireRequest, timeout: number): Promise<unknown>;
  /** Sends a notification on this request's own stream. Never throws: a client that left is told nothing. */
  notify(notification: { method: string; params: Record<string, unknown> }): Promise<void>;
  /** Sends a log message, if the client wants that level. Never throws. */
  log(level: LogLevel, data: unknown, logger: string | undefined): Promise<void>;
}
