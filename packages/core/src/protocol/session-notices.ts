import type { Server, ServerEvent } from '@modelcontextprotocol/server';
import type { ChangeBus } from './change-bus.js';
import { forward, type Reporting, type Subscriptions, unsent } from './changes.js';

/**
 * Tells one legacy client of changes: list changes always, updates of resources if it subscribed. What comes while
 * there is no protocol server to send it is kept, each notice once.
 */
export class SessionNotices {
  readonly #stop: () => void;
  #server: Server | undefined;
  #isKeeping = false;
  #missed: Map<string, ServerEvent> | undefined;

  constructor(
    bus: ChangeBus,
    private readonly subscriptions: Subscriptions,
    private readonly reporting: Reporting,
  ) {
    this.#stop = bus.subscribe((event) => this.#tell(event));
  }

  /** At once if nothing was kept before; else what is kept goes first, see `sendMissed`. */
  sendThrough(server: Server): void {
    this.#server = server;
  }

  /** Lets go of the protocol server, and keeps what comes. */
  keep(): void {
    this.#server = undefined;
    this.#isKeeping = true;
  }

  /** Sends what was kept. What cannot be sent is reported. */
  async sendMissed(): Promise<void> {
    const missed = this.#missed;
    this.#missed = undefined;
    this.#isKeeping = false;
    for (const event of missed?.values() ?? []) await this.#tell(event).catch(() => {});
  }

  end(): void {
    this.#stop();
  }

  async #tell(event: ServerEvent): Promise<void> {
    if (event.kind === 'resource_updated' && !this.subscriptions.has(event.uri)) return;
    if (this.#isKeeping) return this.#keep(event);
    try {
      if (this.#server !== undefined) await forward(this.#server, event);
    } catch (error) {
      unsent(this.reporting, error);
      throw error; // whoever waits until everybody is told has to know
    }
  }

  #keep(event: ServerEvent): void {
    this.#missed ??= new Map();
    this.#missed.set(JSON.stringify(event), event);
  }
}
