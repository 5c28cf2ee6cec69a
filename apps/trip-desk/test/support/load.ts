import { setTimeout as delay } from 'node:timers/promises';

/** How calls under load came out. */
export interface Tally {
  answered: number;
  /** The reasons of those that were not. */
  readonly failures: string[];
  /** Calls that have neither an answer nor a refusal. */
  pending: number;
}

/** In milliseconds: how often calls are sent. */
const tick = 25;

/**
 * Calls at a steady rate, whatever becomes of them. On a machine that cannot keep up it sends fewer: no more than
 * those of a quarter of a second are under way at once, or the test would measure its own queue.
 */
export class Load {
  readonly tally: Tally = { answered: 0, failures: [], pending: 0 };
  readonly #from = performance.now();
  readonly #timer: NodeJS.Timeout;
  #sent = 0;
  #sentUntil = 0;

  constructor(
    private readonly perSecond: number,
    private readonly callers: readonly (() => Promise<void>)[],
  ) {
    this.#timer = setInterval(() => this.#catchUp(), tick);
  }

  /** Sends no more, and waits for those under way for as many milliseconds. */
  async stop(patience = 5000): Promise<Tally> {
    this.#sentUntil = performance.now();
    clearInterval(this.#timer);
    for (const end = performance.now() + patience; this.tally.pending > 0; await delay(tick))
      if (performance.now() > end) break;
    return this.tally;
  }

  #seconds(): number {
    return ((this.#sentUntil || performance.now()) - this.#from) / 1000;
  }

  #catchUp(): void {
    for (const due = this.#seconds() * this.perSecond; this.#sent < due; this.#sent += 1) {
      const call = this.callers[this.#sent % this.callers.length];
      if (call !== undefined && this.tally.pending < this.perSecond / 4) void this.#send(call);
    }
  }

  async #send(call: () => Promise<void>): Promise<void> {
    this.tally.pending += 1;
    try {
      await call();
      this.tally.answered += 1;
    } catch (error) {
      this.tally.failures.push(reasonOf(error));
    }
    this.tally.pending -= 1;
  }
}

/** The innermost code or message: what went wrong on the wire. Errors of fetch are of another realm than the tests. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { cause, code, message } = error as { cause?: unknown; code?: unknown; message?: unknown };
  return cause === undefined ? `${String(code)} ${String(message)}` : reasonOf(cause);
}
