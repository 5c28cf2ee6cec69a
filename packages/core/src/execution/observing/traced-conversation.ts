import type { Ask, Conversation } from '../../replay/index.js';
import type { Exchange } from '../../context/index.js';
import type { Watch } from '../../telemetry/index.js';

type Told = Pick<Exchange, 'onStep' | 'requestId'>;

/** Shows the steps that really run; those that are remembered do nothing that could be seen. */
export class TracedConversation implements Conversation {
  private constructor(
    private readonly inner: Conversation,
    private readonly watch: Watch,
    private readonly told: Told,
  ) {}

  static of(inner: Conversation, watch: Watch, told: Told): Conversation {
    return watch.isOn || told.onStep ? new TracedConversation(inner, watch, told) : inner;
  }

  get muted(): boolean {
    return this.inner.muted;
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    return this.inner.ask(ask);
  }

  step: Conversation['step'] = (name, run) =>
    this.inner.step(name, (info) => {
      this.told.onStep?.({ name, requestId: this.told.requestId });
      return this.watch.step(name, () => run(info));
    });

  once: Conversation['once'] = (name, run) => this.inner.once(name, (inner) => run(this.tracing(inner)));

  nested(fingerprint: string): Conversation {
    return this.tracing(this.inner.nested(fingerprint));
  }

  private tracing(inner: Conversation): Conversation {
    return new TracedConversation(inner, this.watch, this.told);
  }
}
