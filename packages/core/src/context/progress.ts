import type { Exchange } from './exchange.js';

interface Tick {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/**
 * Sends the growing progress values of one request. With an interval, at most one message in each: of those in between
 * the last one waits for its turn, or for the end of the call.
 */
export class Progress {
  private last = Number.NEGATIVE_INFINITY;
  private sentAt = Number.NEGATIVE_INFINITY;
  private waiting: Tick | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(
    private readonly exchange: Exchange,
    /** Milliseconds; 0 for no limit. */
    private readonly interval: number,
  ) {}

  /** `muted`: the handler walks known ground, so the client has seen this before. */
  async report(tick: Tick, muted: boolean): Promise<void> {
    const { progress } = tick;
    // what is not finite is no number in JSON
    if (this.exchange.progressToken === undefined || !Number.isFinite(progress)) return;
    if (this.hasEnded || progress <= this.last) return;
    this.last = progress;
    if (muted) return;
    const early = this.sentAt + this.interval - performance.now();
    if (early <= 0) return this.send(tick);
    this.waiting = tick;
    this.timer ??= setTimeout(() => void this.sendWaiting(), early).unref();
  }

  /** Sends what waits for its turn; nothing comes after it. */
  flush(): Promise<void> {
    this.hasEnded = true;
    return this.sendWaiting();
  }

  /** Drops what waits for its turn; nothing comes after it. */
  stop(): void {
    this.hasEnded = true;
    clearTimeout(this.timer);
  }

  private async sendWaiting(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) await this.send(waiting);
  }

  private async send(tick: Tick): Promise<void> {
    this.sentAt = performance.now();
    const { progressToken } = this.exchange;
    await this.exchange.notify({ method: 'notifications/progress', params: { progressToken, ...tick } });
  }
}
