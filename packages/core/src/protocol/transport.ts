import type { Server, ServerEventBus } from '@modelcontextprotocol/server';
import type { Era, StepRun, TransportName } from '../context/index.js';
import type { HeaderParameter } from '../schema/index.js';
import type { Logger } from '../logging/logger.js';

/** Whom a protocol server will serve. */
export interface ServerOrigin {
  readonly era: Era;
  readonly transport: TransportName;
  /**
   * `connection`: a stdio pipe or a legacy session; it hears of changes until it closes.
   * `request`: one modern HTTP exchange.
   */
  readonly lifetime: 'connection' | 'request';
  /** For tests: told each time the function of a `ctx.step` is run for one of the requests; not when it is remembered. */
  readonly onStep?: (step: StepRun) => void;
}

/** What a transport may ask of the server it carries. */
export interface Host {
  readonly info: { readonly name: string; readonly version: string };
  readonly log: Logger;
  /** Makes the SDK's protocol server for one connection or request; the transport connects it. */
  createServer(origin: ServerOrigin): Server;
  /** Whether the server, a class or a method carries @Scopes. Components that come later may change it. */
  readonly scoped: boolean;
  /**
   * The scopes that the target of a JSON-RPC request needs, each once: those of the server, the class and the method.
   * For a batch those of all its requests. Takes a body as it was parsed; empty for whatever is no request for a
   * component that is there, and never throws.
   */
  requiredScopes(message: unknown): readonly string[];
  /** The arguments of a tool that a modern HTTP request has to repeat in headers; none for a tool that is not there. */
  headerParameters(tool: string): readonly HeaderParameter[];
  /** Change notices for modern clients: handed to the SDK's HTTP handler. Long-lived servers are notified by the host. */
  readonly changes: ServerEventBus;
  /** Stops the whole server gracefully; safe to call twice. For signals, and where the end of a connection is the end of the server. */
  stop(): Promise<void>;
}

/** The contract of every transport. Translate in, call the host, translate out. */
export interface Transport {
  readonly name: TransportName;
  /** Where clients reach it once started, for people to read: a URL, or `stdio`. */
  readonly address: string;
  /**
   * Called before the components of the server are loaded and constructed: what they print must not reach a stream that
   * belongs to the protocol. `close` undoes it, also when `start` was never reached.
   */
  prepare?(): void;
  /** Begins to serve; resolves when clients can connect. */
  start(host: Host): Promise<void>;
  /** Takes no new request; what runs goes on, and still gets the answers to what it asks. */
  drain(): Promise<void>;
  /** Ends every connection and frees every handle. */
  close(): Promise<void>;
}
