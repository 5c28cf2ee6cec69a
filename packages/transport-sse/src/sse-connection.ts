import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import type { JSONRPCMessage, MessageExtraInfo, Transport } from '@modelcontextprotocol/server';
import { maxUnread, RunningCalls, type Exchange, type Session } from '@reprise/http-edge';
import { RoundTrip } from './round-trip.js';

/** In milliseconds: how long a notice of progress may still be on its way, and a client is waited for. */
const patience = 250;

/** One client on its event stream: the SDK's SSE transport, in the shape that the v2 protocol server wants. */
export class SseConnection implements Transport, Session {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage, extra?: MessageExtraInfo) => void;

  /** Who opened the stream; undefined where nobody is authenticated. */
  owner: string | undefined;

  readonly #sse: SSEServerTransport;
  readonly #calls = new RunningCalls();
  readonly #stillThere: NodeJS.Timeout;
  readonly #roundTrip = new RoundTrip((ping) => this.#sse.send(ping), patience);
  #progressAt = -Infinity;
  #closed = false;

  constructor(
    messagesPath: string,
    private readonly res: ServerResponse,
    keepAlive: number,
  ) {
    res.setHeader('x-accel-buffering', 'no');
    this.#sse = new SSEServerTransport(messagesPath, res);
    this.#sse.onclose = () => this.#onClosed();
    this.#sse.onmessage = (message, extra) => {
      if (this.#roundTrip.isAnswer(message)) return;
      this.#calls.received(message);
      // This copy of the SDK describes the request in a way that v2 does not read, so it is put in v2's words.
      const request = extra?.requestInfo?.url && webRequest(extra.requestInfo.url, extra.requestInfo.headers);
      // One wire format, declared as different types by the two SDKs.
      this.onmessage?.(message as JSONRPCMessage, {
        ...(request && { request }),
        ...(extra?.authInfo && { authInfo: extra.authInfo }),
      });
    };
    this.#stillThere = setInterval(() => res.write(': keep-alive\n\n'), keepAlive).unref();
  }

  get sessionId(): string {
    return this.#sse.sessionId;
  }

  get busy(): boolean {
    return this.#calls.any;
  }

  start(): Promise<void> {
    return this.#sse.start();
  }

  /** Hands a posted message to the protocol server. Rejects when it is not JSON-RPC. */
  receive(
    message: unknown,
    { req: { headers, url = '/' }, auth }: Pick<Exchange, 'req' | 'auth'>,
  ): Promise<void> {
    const requestInfo = { headers, url: new URL(url, `http://${headers.host ?? 'localhost'}`) };
    return this.#sse.handleMessage(message, { requestInfo, ...(auth && { authInfo: auth }) });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    // A client that does not read must not fill the memory; its stream is its session, so that ends as well.
    if (this.res.writableLength > maxUnread) this.res.destroy();
    if (!('method' in message)) await this.#afterProgress();
    else if (message.method === 'notifications/progress') this.#progressAt = performance.now();
    try {
      await this.#sse.send(message);
    } finally {
      this.#calls.sent(message);
    }
  }

  close(): Promise<void> {
    return this.#sse.close();
  }

  /**
   * The SDK's clients lose a notice of progress that they read together with the result, because the result
   * removes the progress handler first. So the result follows when the notice is known to have been handled.
   */
  async #afterProgress(): Promise<void> {
    if (performance.now() - this.#progressAt < patience) await this.#roundTrip.make();
  }

  #onClosed(): void {
    // The SDK reports an end twice when the server closes: once by itself, once for the socket.
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#stillThere);
    this.#roundTrip.end();
    this.onclose?.();
  }
}

function webRequest(url: URL, headers: IncomingHttpHeaders): Request {
  const copy = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const one of [value ?? []].flat()) copy.append(name, one);
  return new Request(url, { method: 'POST', headers: copy });
}
