import type { Server } from '@modelcontextprotocol/server';
import { type ClientInfo, RequestClientInfo, type TransportName } from '../context/index.js';
import type { ConnectionSession } from './session.js';

/** A client of the legacy era, from its handshake to the end of its connection. */
export interface Session {
  /** What `ctx.sessionId` is in all calls of this client. */
  readonly id: string;
  readonly client: ClientInfo;
  readonly transport: TransportName;
}

/** Who is told of sessions. Neither may throw. */
export interface SessionHooks {
  began(session: Session): void;
  /** Called for each session that began, when its connection is gone. */
  ended(session: Session): void;
}

/** Tells of one session that it began and that it ended: each once, however many protocol servers it has. */
export class BeginningWatch {
  #session: Session | undefined;

  constructor(
    private readonly connection: ConnectionSession,
    private readonly transport: TransportName,
    private readonly hooks: SessionHooks,
  ) {}

  watch(server: Server): void {
    server.oninitialized = () => {
      if (this.#session !== undefined) return; // a client that says twice that it is ready is still one client
      const { connection, transport } = this;
      // it outlives this server, and must not keep it
      const client = new RequestClientInfo(
        server.getClientVersion(),
        server.getClientCapabilities() ?? {},
        connection,
      );
      this.#session = { id: connection.idOf(server.transport), client, transport };
      this.hooks.began(this.#session);
    };
  }

  ended(): void {
    if (this.#session !== undefined) this.hooks.ended(this.#session);
  }
}
