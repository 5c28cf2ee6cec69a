import { InMemoryTransport } from '@modelcontextprotocol/server';
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

  /** A new connection; the client's end of it. */
  connect(): InMemoryTransport {
    const { host } = this;
    if (!host) throw new Error('not started');
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const factory = ({ era }: { era: 'legacy' | 'modern' }) =>
      host.createServer({ era, transport: 'memory', lifetime: 'connection' });
    this.handles.push(serveStdio(factory, { transport: serverEnd }));
    return clientEnd;
  }

  async drain(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.all(this.handles.map((handle) => handle.close()));
  }
}
