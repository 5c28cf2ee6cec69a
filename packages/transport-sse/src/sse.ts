import type { Host, Transport } from '@reprise/core/transport';
import {
  accepts,
  HttpEdge,
  Refusal,
  replyAccepted,
  rpcCode,
  SessionTable,
  type Exchange,
} from '@reprise/http-edge';
import { checkOwnOptions, type SseOptions } from './options.js';
import { SseConnection } from './sse-connection.js';

const where = 'sse()';

/**
 * HTTP+SSE, the transport of revision 2024-11-05, for clients that know no other: they hold one event stream
 * and post their messages beside it. The protocol deprecates it; offer Streamable HTTP as well.
 * Listens on `http://127.0.0.1:3001/sse` by default. Throws INVALID_OPTION; starting throws ADDRESS_IN_USE.
 */
export function sse(options: SseOptions = {}): Transport {
  return new SseTransport(options);
}

class SseTransport implements Transport {
  readonly name = 'sse';
  readonly #options: ReturnType<typeof checkOwnOptions>;
  readonly #edge: HttpEdge;
  readonly #connections: SessionTable<SseConnection>;
  #host: Host | undefined;

  constructor(options: SseOptions) {
    this.#options = checkOwnOptions(where, options);
    // A connection lives as long as its stream, so there is no idleness to end it for.
    this.#connections = new SessionTable({ idle: Infinity, max: this.#options.maxSessions });
    const { path, messagesPath } = this.#options;
    this.#edge = new HttpEdge(
      where,
      { port: 3001, ...options },
      {
        [path]: { GET: (exchange) => this.#open(exchange) },
        [messagesPath]: { POST: (exchange) => this.#post(exchange) },
      },
    );
  }

  get address(): string {
    return this.#edge.origin + this.#options.path;
  }

  async start(host: Host): Promise<void> {
    this.#host = host;
    await this.#edge.start(host);
  }

  drain(): Promise<void> {
    return this.#edge.drain();
  }

  async close(): Promise<void> {
    await this.#edge.drain();
    await this.#connections.closeAll();
    await this.#edge.close();
  }

  async #open({ req, res, owner }: Exchange): Promise<void> {
    const host = this.#host;
    if (host === undefined) return;
    if (!accepts(req.headers.accept, 'text/event-stream'))
      throw new Refusal(406, rpcCode.refused, 'Accept must admit text/event-stream');
    this.#connections.makeRoom();
    const connection = new SseConnection(this.#options.messagesPath, res, this.#options.keepAlive);
    connection.owner = owner;
    connection.onclose = () => this.#connections.remove(connection.sessionId);
    connection.onerror = (error) => host.log.log('debug', `${where}: ${error.message}`);
    // Into the table before the client can learn the id from the stream.
    this.#connections.add(connection.sessionId, connection);
    await host
      .createServer({ era: 'legacy', transport: this.name, lifetime: 'connection' })
      .connect(connection);
  }

  async #post(exchange: Exchange): Promise<void> {
    const { res, query, owner, readMessage } = exchange;
    const connection = this.#connections.find(query.get('sessionId'), owner);
    const message = await readMessage();
    try {
      await connection.receive(message, exchange);
    } catch {
      throw new Refusal(400, rpcCode.invalidRequest, 'Invalid request: the body is not a JSON-RPC message');
    }
    replyAccepted(res);
  }
}
