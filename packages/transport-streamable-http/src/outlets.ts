import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import { maxUnread } from '@reprise/http-edge';

interface Outlet {
  readonly res: ServerResponse;
  /** The calls whose messages it carries; undefined if it may carry any. */
  readonly calls: ReadonlySet<RequestId | undefined> | undefined;
  /** Bytes of messages that came while the client took none. */
  unread: number;
}

/**
 * The streams of one session. What a client does not take waits in memory, without a limit of the SDK's;
 * a stream on which too much waits is ended. The client may resume it for as long as its events are kept.
 */
export class Outlets {
  /** An array, because it is mostly empty, and there is one for each session. */
  #open: readonly Outlet[] = [];

  add({ method, headers }: IncomingMessage, res: ServerResponse, body: unknown): void {
    // Which stream an event belonged to is known to the SDK only.
    const resumes = method === 'GET' && headers['last-event-id'] !== undefined;
    const calls = resumes ? undefined : new Set(method === 'GET' ? [undefined] : idsIn(body));
    const outlet = { res, calls, unread: 0 };
    this.#open = [...this.#open, outlet];
    res.once('close', () => (this.#open = this.#open.filter((other) => other !== outlet)));
  }

  /** Takes note of a message for the stream of that call; for the stream of none if it is undefined. */
  offer(message: JSONRPCMessage, call: RequestId | undefined): void {
    for (const outlet of this.#open) {
      const { res, calls } = outlet;
      if (!res.writableNeedDrain) outlet.unread = 0;
      // One message is never too large by itself: only what comes after it ends the stream.
      else if (outlet.unread > maxUnread) res.destroy();
      else if (calls === undefined || calls.has(call))
        outlet.unread += Buffer.byteLength(JSON.stringify(message));
    }
  }
}

function idsIn(body: unknown): RequestId[] {
  return [body].flat().flatMap((message: unknown) => {
    if (typeof message !== 'object' || message === null || !('id' in message)) return [];
    return typeof message.id === 'string' || typeof message.id === 'number' ? [message.id] : [];
  });
}
