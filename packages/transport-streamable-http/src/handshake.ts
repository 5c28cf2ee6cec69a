import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';

const setLevel = 'logging/setLevel';

/** What a client said that each of its protocol servers has to hear. */
export class Handshake {
  /** As text, which takes less memory than the message. */
  readonly #initialize: string;
  #level: string | undefined;
  #asked: { readonly id: RequestId; readonly text: string } | undefined;

  constructor(initialize: unknown) {
    this.#initialize = JSON.stringify(initialize);
  }

  /** The messages, in order. */
  get messages(): unknown[] {
    return [this.#initialize, ...(this.#level === undefined ? [] : [this.#level])].map(
      (text) => JSON.parse(text) as unknown,
    );
  }

  /** Takes note of what the client sent. */
  received(message: JSONRPCMessage): void {
    if ('method' in message && 'id' in message && message.method === setLevel)
      this.#asked = { id: message.id, text: JSON.stringify(message) };
  }

  /** Takes note of what the server sent: a level that it refused is not said again. */
  sent(message: JSONRPCMessage): void {
    if ('method' in message || this.#asked === undefined || message.id !== this.#asked.id) return;
    if ('result' in message) this.#level = this.#asked.text;
    this.#asked = undefined;
  }
}
