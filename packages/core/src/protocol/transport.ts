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

/**
 * A legacy client that stays while its protocol server comes and goes: a transport may close an idle one and make
 * another when the client is heard of again. What the session is made of survives: its id and the values under it, its
 * subscriptions, the change notices that came meanwhile, and that it began.
 */
export interface HostSession {
  /**
   * A protocol server for the client, in place of the one before. The transport connects it; where it is not the first,
   * it has it hear the client's `initialize` again, and calls `caughtUp`. Closing it does not end the session.
   */
  createServer(): Server;
  /** Sends the notices that came while there was no server. Never rejects. */
  caughtUp(): Promise<void>;
  /**
   * Asks to close the protocol server, which only an idle one may be. False: somebody took it from the context and may
   * use it at any time, so it has to stay. True: it is let go of, and the transport closes it now.
   */
  rest(): boolean;
  /** The client is gone, also when its protocol server was closed: call it once. */
  end(): void;
}

/** What a transport may ask of the server it carries. */
export interface Host {
  readonly info: { readonly name: string; readonly version: string };
  readonly log: Logger;
  /** Makes the SDK's protocol server for one connection or request; the transport connects it. */
  createServer(origin: ServerOrigin): Server;
  /**
   * For a transport whose legacy sessions outlive their protocol servers; otherwise `createServer` is all there is to
   * call. `wake` is called when somebody wants the protocol server while there is none: make and connect it at once.
   */
  createSession(origin: ServerOrigin, wake: () => void): HostSession;
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
