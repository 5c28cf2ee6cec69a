import type { JSONRPCMessage } from '@modelcontextprotocol/server';

/**
 * The ids of what the server asks in one session. A protocol server counts from 0, and a session has several of them
 * one after the other: so what the client sees goes on from where the last one stopped, and an answer that comes too
 * late is never taken for the answer to another question.
 */
export class AskIds {
  /** What the client sees as 0 of the present protocol server. */
  #first = 0;
  #next = 0;

  /** Another protocol server begins to count. */
  restart(): void {
    this.#first = this.#next;
  }

  /** A message to the client. */
  outward(message: JSONRPCMessage): JSONRPCMessage {
    if (!('method' in message)) return message;
    if ('id' in message) {
      if (typeof message.id !== 'number') return message;
      const id = this.#first + message.id;
      this.#next = Math.max(this.#next, id + 1);
      return { ...message, id };
    }
    const requestId = message.params?.['requestId'];
    if (message.method !== 'notifications/cancelled' || typeof requestId !== 'number') return message;
    return { ...message, params: { ...message.params, requestId: this.#first + requestId } };
  }

  /** What a client posted, before anybody has looked at it. */
  inward(body: unknown): unknown {
    if (this.#first === 0) return body;
    if (Array.isArray(body)) return body.map((message: unknown) => this.inward(message));
    if (typeof body !== 'object' || body === null || 'method' in body) return body;
    return 'id' in body && typeof body.id === 'number' ? { ...body, id: body.id - this.#first } : body;
  }
}
