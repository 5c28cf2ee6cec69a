import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isInitializeRequest,
  type JSONRPCMessage,
  type McpHttpHandler,
} from '@modelcontextprotocol/server';
import type { Host, Transport } from '@reprise/core/transport';
import { accepts, HttpEdge, Refusal, rpcCode, SessionTable, type Exchange } from '@reprise/http-edge';
import { classify } from './classify.js';
import { EventBudget } from './event-budget.js';
import { EventLog } from './event-log.js';
import { findMismatch } from './header-parameters.js';
import { LegacySession, type SessionSurroundings } from './legacy-session.js';
import { checkOwnOptions, type StreamableHttpOptions } from './options.js';

const where = 'streamableHttp()';
const firstModernRevision = '2026-07-28';

/**
 * Streamable HTTP: one endpoint for clients of every revision since 2025-03-26. Modern requests are served
 * one by one; legacy clients get a session with streams, in which the server can ask.
 * Listens on `http://127.0.0.1:3000/mcp` by default. Throws INVALID_OPTION; starting throws ADDRESS_IN_USE.
 */
export function streamableHttp(options: StreamableHttpOptions = {}): Transport {
  return new StreamableHttpTransport(options);
}

interface Running {
  readonly host: Host;
  readonly modern: McpHttpHandler;
  readonly serveModern: ReturnType<typeof toNodeHandler>;
  readonly around: SessionSurroundings;
}

class StreamableHttpTransport implements Transport {
  readonly name = 'streamable-http';
  readonly #options: ReturnType<typeof checkOwnOptions>;
  readonly #edge: HttpEdge;
  readonly #sessions: SessionTable<LegacySession>;
  readonly #budget: EventBudget;
  #serving: Running | undefined;

  constructor(options: StreamableHttpOptions) {
    this.#options = checkOwnOptions(where, options);
    const { resumption, sessionIdle, sessionRest, maxSessions } = this.#options;
    this.#sessions = new SessionTable({ idle: sessionIdle, rest: sessionRest, max: maxSessions });
    this.#budget = new EventBudget(resumption === false ? 0 : resumption.maxTotalBytes);
    const inSession = (exchange: Exchange) => this.#inSession(exchange);
    this.#edge = new HttpEdge(
      where,
      { port: 3000, ...options },
      {
        [this.#options.path]: { GET: inSession, POST: (exchange) => this.#post(exchange), DELETE: inSession },
      },
    );
  }

  get address(): string {
    return this.#edge.origin + this.#options.path;
  }

  async start(host: Host): Promise<void> {
    const onerror = (error: Error): void => host.log.log('debug', `${where}: ${error.message}`);
    const modern = createMcpHandler(
      () => host.createServer({ era: 'modern', transport: this.name, lifetime: 'request' }),
      {
        legacy: 'reject',
        bus: host.changes,
        keepAliveMs: this.#options.keepAlive,
        maxRequestBodySize: this.#edge.bodyLimit,
        onerror,
      },
    );
    const { keepAlive, reconnectDelay } = this.#options;
    const origin = { era: 'legacy', transport: this.name, lifetime: 'connection' } as const;
    const onEnd = (sessionId: string): void => this.#sessions.remove(sessionId);
    const around = { host, origin, keepAlive, reconnectDelay, onEnd, onError: onerror };
    this.#serving ??= { host, modern, serveModern: toNodeHandler(modern, { onerror }), around };
    await this.#edge.start(host);
  }

  drain(): Promise<void> {
    return this.#edge.drain();
  }

  async close(): Promise<void> {
    await this.#edge.drain();
    await this.#sessions.closeAll();
    await this.#serving?.modern.close();
    await this.#edge.close();
  }

  async #post(exchange: Exchange): Promise<void> {
    const { req, res } = exchange;
    const { accept } = req.headers;
    if (!accepts(accept, 'application/json') || !accepts(accept, 'text/event-stream'))
      throw new Refusal(406, rpcCode.refused, 'Accept must admit application/json and text/event-stream');
    const body = await exchange.readMessage();
    // What is neither era's is answered by the modern handler, which knows the code for each fault.
    const route = classify(req, body);
    if (route.kind === 'modern' && route.classification.revision === firstModernRevision)
      this.#checkParameters(req, route.message);
    if (route.kind !== 'legacy') await this.#serving?.serveModern(req, res, body);
    else if (req.headers['mcp-session-id'] === undefined && isInitializeRequest(body))
      await this.#begin(exchange, body);
    else await this.#session(exchange).handle(req, res, body);
  }

  /** A proxy that routes by a header must not be told something else than the tool. */
  #checkParameters({ headers }: IncomingMessage, message: JSONRPCMessage): void {
    if (!('method' in message) || message.method !== 'tools/call') return;
    const { name, arguments: args } = message.params ?? {};
    const parameters = typeof name === 'string' ? this.#serving?.host.headerParameters(name) : undefined;
    const mismatch = findMismatch(parameters ?? [], args, headers);
    if (mismatch !== undefined)
      throw new Refusal(400, rpcCode.headerMismatch, `Headers and body disagree: ${mismatch.body}`).of(
        message,
        {
          mismatch,
        },
      );
  }

  async #inSession(exchange: Exchange): Promise<void> {
    const { req, res } = exchange;
    const version = req.headers['mcp-protocol-version'];
    if (typeof version === 'string' && version >= firstModernRevision)
      throw new Refusal(405, rpcCode.refused, 'Method not allowed', { allow: 'POST' });
    if (req.method === 'GET' && !accepts(req.headers.accept, 'text/event-stream'))
      throw new Refusal(406, rpcCode.refused, 'Accept must admit text/event-stream');
    await this.#session(exchange).handle(req, res);
  }

  #session({ req, owner }: Exchange): LegacySession {
    const id = req.headers['mcp-session-id'];
    if (typeof id !== 'string')
      throw new Refusal(400, rpcCode.refused, 'Mcp-Session-Id is missing: begin with initialize');
    return this.#sessions.find(id, owner);
  }

  async #begin({ req, res, owner }: Exchange, initialize: unknown): Promise<void> {
    const serving = this.#serving;
    if (serving === undefined) return;
    this.#sessions.makeRoom();
    const { resumption } = this.#options;
    const eventLog = resumption === false ? undefined : new EventLog(resumption, this.#budget);
    const sessionId = randomUUID();
    const session = new LegacySession(serving.around, { sessionId, owner, eventLog }, initialize);
    // Into the table before the client can learn the id from the answer.
    this.#sessions.add(sessionId, session);
    await session.begin(req, res, initialize);
  }
}
