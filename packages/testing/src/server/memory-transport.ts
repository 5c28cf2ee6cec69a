import {
  type AuthInfo,
  InMemoryTransport,
  type JSONRPCMessage,
  type Server,
} from '@modelcontextprotocol/server';
import { serveStdio, type StdioServerHandle } from '@modelcontextprotocol/server/stdio';
import { type Era, type Host, RepriseError, type StepRun, type Transport } from '@reprise/core/transport';

/** What is told of a connection, as its server sees it. */
export interface ConnectionWatch {
  onStep(step: StepRun): void;
  /** A message of the server's that belongs to a request of the client's, before it is sent. */
  onRelated(message: JSONRPCMessage, requestId: string | number): void;
}

const unwatched: ConnectionWatch = { onStep: () => {}, onRelated: () => {} };

/** Joins clients and a server inside this process, through the SDK's own serving entry for long-lived connections. */
export class MemoryTransport implements Transport {
  readonly name = 'memory';
  readonly address = 'memory';
  readonly #handles: StdioServerHandle[] = [];
  #host: Host | undefined;

  async start(host: Host): Promise<void> {
    this.#host = host;
  }

  /** A new connection, once the server has started; the client's end of it. With `auth`, every message comes from that principal. */
  connect(watch: ConnectionWatch = unwatched, auth?: AuthInfo): InMemoryTransport {
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const factory = ({ era }: { era: Era }) => this.#serverFor(era, watch, auth);
    this.#handles.push(serveStdio(factory, { transport: serverEnd }));
    return clientEnd;
  }

  async drain(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.all(this.#handles.map((handle) => handle.close()));
  }

  #serverFor(era: Era, watch: ConnectionWatch, auth: AuthInfo | undefined): Server {
    if (this.#host === undefined)
      throw new RepriseError('NOT_RUNNING', 'nobody serves here yet.', {
        where: 'MemoryTransport.connect',
        fix: 'Give the transport to start() first, and wait for it.',
      });
    const server = this.#host.createServer({
      era,
      transport: 'memory',
      lifetime: 'connection',
      onStep: (step) => watch.onStep(step),
    });
    return tapped(server, watch, auth);
  }
}

/**
 * The SDK's entry for long-lived connections carries no tokens, and drops what a message belongs to: the first is put
 * in, the second noted, where the server meets its connection.
 */
function tapped(server: Server, watch: ConnectionWatch, authInfo: AuthInfo | undefined): Server {
  const connect = server.connect.bind(server);
  server.connect = async (transport) => {
    await connect(transport);
    const { onmessage } = transport;
    if (authInfo) transport.onmessage = (message, extra) => onmessage?.(message, { ...extra, authInfo });
    const send = transport.send.bind(transport);
    transport.send = (message, options) => {
      const related = options?.relatedRequestId;
      if (related !== undefined) watch.onRelated(message, related);
      return send(message, options);
    };
  };
  return server;
}
