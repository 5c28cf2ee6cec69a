import { randomUUID } from 'node:crypto';
import type { Server } from '@modelcontextprotocol/server';
import type { SessionStore } from '../context/index.js';
import { messageOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { ChangeBus } from './change-bus.js';
import { Subscriptions } from './changes.js';
import { BeginningWatch, type SessionHooks } from './session-hooks.js';
import { SessionNotices } from './session-notices.js';
import type { HostSession, ServerOrigin } from './transport.js';

export interface SessionParts {
  readonly changes: ChangeBus;
  readonly sessions: SessionStore;
  readonly sessionHooks: SessionHooks;
  readonly log: Logger;
  /** Makes a protocol server that answers out of a session. */
  readonly build: (session: ConnectionSession, origin: ServerOrigin) => Server;
}

/** One legacy client, for as long as it is there: what outlives the protocol servers that serve it one after the other. */
export class ConnectionSession implements HostSession {
  readonly subscriptions = new Subscriptions();
  readonly #notices: SessionNotices;
  readonly #beginning: BeginningWatch;
  #id: string | undefined;
  #server: Server | undefined;
  /** Whether somebody was given the protocol server, and may use it whenever he likes. */
  #isHeld = false;

  /** See `Host.createSession`. */
  constructor(
    private readonly parts: SessionParts,
    private readonly origin: ServerOrigin,
    private readonly wake: () => void,
  ) {
    this.#beginning = new BeginningWatch(this, origin.transport, parts.sessionHooks);
    const { changes, log } = parts;
    this.#notices = new SessionNotices(changes, this.subscriptions, { log, transport: origin.transport });
  }

  /** The transport's id; where the transport has none, as on stdio, one of our own for as long as the connection lasts. */
  idOf(known: { readonly sessionId?: string } | undefined): string {
    this.#id ??= known?.sessionId ?? randomUUID();
    return this.#id;
  }

  /** The protocol server, for whoever wants to have it: from now on the session keeps the one it has. */
  get sdk(): Server {
    this.#isHeld = true;
    if (this.#server === undefined) this.wake();
    return this.#server ?? this.createServer(); // a session that has ended gets one that is connected to nobody
  }

  createServer(): Server {
    const server = this.parts.build(this, this.origin);
    this.#server = server;
    this.#beginning.watch(server);
    this.#notices.sendThrough(server);
    return server;
  }

  caughtUp(): Promise<void> {
    return this.#notices.sendMissed();
  }

  rest(): boolean {
    if (this.#isHeld) return false;
    this.#notices.keep();
    this.#server = undefined;
    return true;
  }

  end(): void {
    this.#notices.end();
    this.#beginning.ended();
    const id = this.#id;
    if (id === undefined) return; // no request came that could have kept anything
    this.parts.sessions.forget({ kind: 'session', id }).catch((error: unknown) => {
      this.parts.log.log('warning', 'a session could not be forgotten', {
        sessionId: id,
        error: messageOf(error),
      });
    });
  }
}
