import type { Server } from '@modelcontextprotocol/server';
import { type ClientInfo, RequestClientInfo, type TransportName } from '../context/index.js';
import type { ConnectionSession } from './session.js';
import type { ServerOrigin } from './transport.js';

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

/** Tells of the session on one legacy connection. The returned function is for the end of the connection. */
export function tellOfSession(
  server: Server,
  { transport }: ServerOrigin,
  connection: ConnectionSession,
  hooks: SessionHooks,
): () => void {
  let session: Session | undefined;
  server.oninitialized = () => {
    if (session !== undefined) return; // a client that says twice that it is ready is still one client
    const client = new RequestClientInfo(
      server.getClientVersion(),
      server.getClientCapabilities() ?? {},
      server,
    );
    session = { id: connection.idOf(server.transport), client, transport };
    hooks.began(session);
  };
  return () => {
    if (session !== undefined) hooks.ended(session);
  };
}
