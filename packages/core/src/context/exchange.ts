import type { ServerContext } from '@modelcontextprotocol/server';
import type { LogLevel } from '../logging/index.js';
import type { WireRequest } from '../replay/index.js';
import type { Era, TransportName } from './origin.js';
import type { ClientInfo } from './request/client-info.js';
import type { HttpInfo } from './request/http-info.js';
import type { Principal } from './request/principal.js';

/** One run of the function of a `ctx.step`. */
export interface StepRun {
  readonly name: string;
  /** The request that was being answered. */
  readonly requestId: string | number;
}

/** One request as the layers below protocol/ see it: no wire, the same for both eras. */
export interface Exchange {
  readonly era: Era;
  readonly transport: TransportName;
  readonly requestId: string | number;
  readonly sessionId: string | undefined;
  readonly protocolVersion: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  readonly client: ClientInfo;
  readonly http: HttpInfo | undefined;
  /** The id of who is authenticated; empty where nobody is. State of one principal never opens for another. */
  readonly principal: string;
  readonly identity: Principal | undefined;
  /** Where progress goes; undefined if the client did not ask for any. */
  readonly progressToken: string | number | undefined;
  /** Modern: the sealed state and the answers that the client brought back. */
  readonly requestState: string | undefined;
  readonly inputResponses: Readonly<Record<string, unknown>>;
  /** Told of each step that really runs. */
  readonly onStep?: ((step: StepRun) => void) | undefined;
  /** For handlers only: nothing else of the framework looks behind this interface. */
  readonly sdk: ServerContext;
  /** Legacy: sends a request to the client on this request's own stream and waits for its answer, until `signal` aborts. */
  request(request: WireRequest, timeout: number, signal: AbortSignal): Promise<unknown>;
  /** Sends a notification on this request's own stream. Never throws: a client that left is told nothing. */
  notify(notification: { method: string; params: Record<string, unknown> }): Promise<void>;
  /** Sends a log message, if the client wants that level. Never throws. */
  log(level: LogLevel, data: unknown, logger: string | undefined): Promise<void>;
}
