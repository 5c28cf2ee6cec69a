interface Ping {
  readonly jsonrpc: '2.0';
  readonly id: string;
  readonly method: 'ping';
}

/** Finds out when a client has handled everything it was sent so far: it has, when it answers a ping sent after it. */
export class RoundTrip {
  readonly #waiting = new Map<unknown, () => void>();
  #count = 0;

  /** `patience`: milliseconds after which a client that does not answer is no longer waited for. */
  constructor(
    private readonly send: (ping: Ping) => Promise<void>,
    private readonly patience: number,
  ) {}

  make(): Promise<void> {
    const id = `reprise-ping-${++this.#count}`;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(done, this.patience);
      this.#waiting.set(id, done);
      this.send({ jsonrpc: '2.0', id, method: 'ping' }).catch(done);
    });
  }

  /** Whether the message is the answer to such a ping, and so not for the protocol server. */
  isAnswer(message: { readonly id?: unknown; readonly method?: unknown }): boolean {
    const done = message.method === undefined ? this.#waiting.get(message.id) : undefined;
    done?.();
    return done !== undefined;
  }

  /** Ends all waiting. */
  end(): void {
    for (const done of this.#waiting.values()) done();
  }
}
