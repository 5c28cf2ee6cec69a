import { type AuthInfo, InMemoryTransport, type Server } from '@modelcontextprotocol/server';
import { serveStdio, type StdioServerHandle } from '@modelcontextprotocol/server/stdio';
import type { Host, Transport } from '@reprise/core/transport';

/** Joins clients and a server inside this process, through the SDK's own serving entry for long-lived connections. */
export class MemoryTransport implements Transport {
  readonly name = 'memory';
  readonly address = 'memory';
  private host: Host | undefined;
  private readonly handles: StdioServerHandle[] = [];

  async start(host: Host): Promise<void> {
    this.host = host;
  }

  /** A new connection; the client's end of it. With `auth`, every message comes from that principal. */
  connect(auth?: AuthInfo): InMemoryTransport {
    const { host } = this;
    if (!host) throw new Error('not started');
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const factory = ({ era }: { era: 'legacy' | 'modern' }) => {
      const server = host.createServer({ era, transport: 'memory', lifetime: 'connection' });
      return auth ? authenticated(server, auth) : server;
    };
    this.handles.push(serveStdio(factory, { transport: serverEnd }));
    return clientEnd;
  }

  async drain(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.all(this.handles.map((handle) => handle.close()));
  }
}

/** The SDK's entry for long-lived connections carries no tokens; what an HTTP edge would find in one is put in here. */
function authenticated(server: Server, authInfo: AuthInfo): Server {
  const connect = server.connect.bind(server);
  server.connect = async (transport) => {
    await connect(transport);
    const receive = transport.onmessage;
    transport.onmessage = (message, extra) => receive?.(message, { ...extra, authInfo });
  };
  return server;
}
