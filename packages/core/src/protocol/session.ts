import { randomUUID } from 'node:crypto';
import type { SessionStore } from '../context/index.js';
import { messageOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';

/** The session of one legacy connection. */
export class ConnectionSession {
  #id: string | undefined;

  constructor(
    private readonly store: SessionStore,
    private readonly log: Logger,
  ) {}

  /** The transport's id; where the transport has none, as on stdio, one of our own for as long as the connection lasts. */
  idOf(known: { readonly sessionId?: string } | undefined): string {
    this.#id ??= known?.sessionId ?? randomUUID();
    return this.#id;
  }

  /** The connection is closed: what was kept for it is forgotten. */
  end(): void {
    const id = this.#id;
    if (id === undefined) return; // no request came that could have kept anything
    this.store.forget({ kind: 'session', id }).catch((error: unknown) => {
      this.log.log('warning', 'a session could not be forgotten', {
        sessionId: id,
        error: messageOf(error),
      });
    });
  }
}
