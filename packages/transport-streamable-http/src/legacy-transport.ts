import type { IncomingMessage } from 'node:http';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import type { JSONRPCMessage, TransportSendOptions } from '@modelcontextprotocol/server';
import { cancelledCall, RunningCalls } from '@reprise/http-edge';
import type { EventLog } from './event-log.js';
import { Outlets } from './outlets.js';

export interface LegacyTransportOptions {
  readonly sessionId: string;
  readonly keepAlive: number;
  readonly reconnectDelay: number;
  readonly eventStore: EventLog | undefined;
}

/** The SDK's transport of one session, which also knows whether a call runs and ends the streams of cancelled calls. */
export class LegacyTransport extends NodeStreamableHTTPServerTransport {
  readonly calls = new RunningCalls();
  readonly #outlets = new Outlets();
  #batched = false;

  constructor({ sessionId, keepAlive, reconnectDelay, eventStore }: LegacyTransportOptions) {
    super({
      sessionIdGenerator: () => sessionId,
      keepAliveMs: keepAlive,
      retryInterval: reconnectDelay,
      ...(eventStore && { eventStore }),
    });
    this.onmessage = (message) => {
      this.calls.received(message);
      // It got the answer to its beginning, which is all there is in the log of most sessions.
      if ('method' in message && message.method === 'notifications/initialized') eventStore?.clear();
      const cancelled = cancelledCall(message);
      if (cancelled !== undefined && !this.#batched) this.#endStream(cancelled);
    };
  }

  override async handleRequest(
    ...[req, res, body]: Parameters<NodeStreamableHTTPServerTransport['handleRequest']>
  ): Promise<void> {
    // The answers of a batch share one stream, which must not end with the first call that is cancelled.
    this.#batched ||= Array.isArray(body);
    nameMediaTypes(req);
    this.#outlets.add(req, res, body);
    await super.handleRequest(req, res, body);
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    this.#outlets.offer(message, 'method' in message ? options?.relatedRequestId : message.id);
    try {
      await super.send(message, options);
    } finally {
      this.calls.sent(message);
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

/** The SDK wants both types by name, also where the client admits them with a star; whether it does is checked before. */
function nameMediaTypes({ headers, rawHeaders }: IncomingMessage): void {
  const { accept = '' } = headers;
  const wanted = ['application/json', 'text/event-stream'].filter((type) => !accept.includes(type));
  if (wanted.length === 0) return;
  // What the SDK builds its Request on takes now the one, now the other.
  headers.accept = [accept, ...wanted].filter(Boolean).join(', ');
  rawHeaders.push('accept', wanted.join(', '));
}
