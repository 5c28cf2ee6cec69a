import type { Conversation } from '../replay/index.js';
import type { Exchange } from './exchange.js';

/** Sends growing progress values; silent while the handler walks known ground. */
export class Progress {
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly exchange: Exchange,
    private readonly conversation: Conversation,
  ) {}

  async report(progress: number, total: number | undefined, message: string | undefined): Promise<void> {
    const { progressToken } = this.exchange;
    if (progressToken === undefined || progress <= this.last) return;
    this.last = progress;
    if (this.conversation.muted) return;
    await this.exchange.notify({
      method: 'notifications/progress',
      params: {
        progressToken,
        progress,
        ...(total !== undefined && { total }),
        ...(message !== undefined && { message }),
      },
    });
  }
}
