import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import {
  type AuthInfo,
  type JSONRPCMessage,
  type TransportSendOptions,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { cancelledCall, RunningCalls } from '@reprise/http-edge';
import type { AskIds } from './ask-ids.js';
import type { EventLog } from './event-log.js';
import type { Handshake } from './handshake.js';
import { Outlets } from './outlets.js';

export interface LegacyTransportOptions {
  readonly sessionId: string;
  readonly keepAlive: number;
  readonly reconnectDelay: number;
  readonly eventLog: EventLog | undefined;
  readonly askIds: AskIds;
  readonly handshake: Handshake;
}

/** The SDK's transport of one session, which also knows whether a call runs and ends the streams of cancelled calls. */
export class LegacyTransport extends WebStandardStreamableHTTPServerTransport {
  readonly calls = new RunningCalls();
  readonly #outlets = new Outlets();
  readonly #options: LegacyTransportOptions;
  #batched = false;

  constructor(options: LegacyTransportOptions) {
    super({
      sessionIdGenerator: () => options.sessionId,
      keepAliveMs: options.keepAlive,
      retryInterval: options.reconnectDelay,
      ...(options.eventLog && { eventStore: options.eventLog }),
    });
    this.#options = options;
    this.onmessage = (message) => {
      this.calls.received(message);
      options.handshake.received(message);
      // It got the answer to its beginning, which is all there is in the log of most sessions.
      if ('method' in message && message.method === 'notifications/initialized') options.eventLog?.clear();
      const cancelled = cancelledCall(message);
      if (cancelled !== undefined && !this.#batched) this.#endStream(cancelled);
    };
  }

  /** Serves a request of the client's. */
  async serve(
    req: IncomingMessage & { auth?: AuthInfo },
    res: ServerResponse,
    body?: unknown,
  ): Promise<void> {
    // The answers of a batch share one stream, which must not end with the first call that is cancelled.
    this.#batched ||= Array.isArray(body);
    nameMediaTypes(req);
    this.#outlets.add(req, res, body);
    const given = { authInfo: req.auth, parsedBody: this.#options.askIds.inward(body) };
    const listener = getRequestListener((request) => this.handleRequest(request, given), {
      overrideGlobalObjects: false,
    });
    await listener(req, res);
  }

  /** Has the protocol server hear a message of the client's that another one has answered. False if it is refused. */
  async repeat(message: unknown): Promise<boolean> {
    const { sessionId, eventLog } = this.#options;
    const headers = { ...repeated, 'mcp-session-id': sessionId };
    const request = new Request('http://localhost', { method: 'POST', headers });
    if (eventLog) eventLog.isRepeating = true;
    try {
      const response = await this.handleRequest(request, { parsedBody: message });
      await response.text(); // its stream ends with the answer
      return response.ok;
    } finally {
      if (eventLog) eventLog.isRepeating = false;
    }
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const sent = this.#options.askIds.outward(message);
    this.#outlets.offer(sent, 'method' in sent ? options?.relatedRequestId : sent.id);
    try {
      await super.send(sent, options);
    } finally {
      this.calls.sent(sent);
      this.#options.handshake.sent(sent);
    }
  }

  /**
   * A cancelled call is not answered, so nothing would ever end its response. The error below frees what
   * the SDK keeps for the call; only a client that resumes the ended stream gets to see it.
   */
  #endStream(id: string | number): void {
    this.closeSSEStream(id);
    // Rejects when the call was answered or never existed: then there is nothing to free.
    super.send({ jsonrpc: '2.0', id, error: { code: -32000, message: 'Cancelled' } }).catch(() => {});
  }
}

const repeated = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** The SDK wants both types by name, also where the client admits them with a star; whether it does is checked before. */
function nameMediaTypes({ headers, rawHeaders }: IncomingMessage): void {
  const { accept = '' } = headers;
  const wanted = ['application/json', 'text/event-stream'].filter((type) => !accept.includes(type));
  if (wanted.length === 0) return;
  // What the SDK builds its Request on takes now the one, now the other.
  headers.accept = [accept, ...wanted].filter(Boolean).join(', ');
  rawHeaders.push('accept', wanted.join(', '));
}
