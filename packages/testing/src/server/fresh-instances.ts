import { InMemoryTransport, type JSONRPCMessage } from '@modelcontextprotocol/server';

/** A server that lives for one request. */
export interface Instance {
  readonly pipe: InMemoryTransport;
  stop(): Promise<void>;
}

/**
 * A connection on which each round of a call meets a server of its own, which is gone when the round is answered: as if
 * the process had died in between. What is no call (discovery, lists, subscriptions) goes to one lasting server.
 */
export class FreshInstances {
  /** The client's end. */
  readonly pipe: InMemoryTransport;
  readonly #router: InMemoryTransport;
  readonly #running = new Map<string | number, Instance>();
  readonly #ends: Promise<void>[] = [];

  constructor(
    private readonly lasting: InMemoryTransport,
    private readonly open: () => Promise<Instance>,
  ) {
    [this.pipe, this.#router] = InMemoryTransport.createLinkedPair();
    this.#router.onmessage = (message) => void this.#toServer(message).catch(() => this.#router.close());
    this.#router.onclose = () => void lasting.close();
    lasting.onmessage = (message) => void this.#router.send(message);
    lasting.onclose = () => void this.#router.close();
  }

  /** Resolves when the servers of all rounds have stopped; rejects if one could not. */
  async ended(): Promise<void> {
    for (const instance of this.#running.values()) this.#ends.push(instance.stop());
    await Promise.all(this.#ends);
  }

  async #toServer(message: JSONRPCMessage): Promise<void> {
    if ('method' in message && 'id' in message && isPlayed(message.method)) {
      const instance = await this.open();
      this.#running.set(message.id, instance);
      instance.pipe.onmessage = (answer) => this.#toClient(answer, instance);
      return instance.pipe.send(message);
    }
    const about = 'method' in message ? message.params?.['requestId'] : undefined;
    const instance = this.#running.get(about as string | number); // undefined finds nothing
    await (instance?.pipe ?? this.lasting).send(message);
  }

  #toClient(message: JSONRPCMessage, instance: Instance): void {
    void this.#router.send(message).catch(() => {}); // the client has gone
    if ('method' in message || message.id === undefined) return;
    this.#running.delete(message.id);
    this.#ends.push(instance.stop());
  }
}

function isPlayed(method: string): boolean {
  return method === 'tools/call' || method === 'prompts/get' || method === 'resources/read';
}
