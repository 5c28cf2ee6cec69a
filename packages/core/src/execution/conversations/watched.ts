import { type Ask, type Conversation, handled } from '../../replay/index.js';

/** Tells when a call begins to wait for its client, and when it goes on. Questions that are open together count once. */
export class WatchedConversation implements Conversation {
  private waiting = 0;

  constructor(
    private readonly inner: Conversation,
    private readonly onWaiting: (isWaiting: boolean) => void,
  ) {}

  get muted(): boolean {
    return this.inner.muted;
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    this.count(true);
    return handled(this.inner.ask(ask).finally(() => this.count(false)));
  }

  step: Conversation['step'] = (name, run) => this.inner.step(name, run);

  once: Conversation['once'] = (name, run) => this.inner.once(name, (inner) => run(this.watching(inner)));

  nested(fingerprint: string): Conversation {
    return this.watching(this.inner.nested(fingerprint));
  }

  private watching(inner: Conversation): Conversation {
    return new WatchedConversation(inner, (isWaiting) => this.count(isWaiting));
  }

  private count(isWaiting: boolean): void {
    this.waiting += isWaiting ? 1 : -1;
    if (this.waiting === (isWaiting ? 1 : 0)) this.onWaiting(isWaiting);
  }
}
