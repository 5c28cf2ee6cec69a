import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';

/** Listens to changes; what it returns is waited for. */
export type ChangeListener = (event: ServerEvent) => unknown;

/** Tells of changes, and when everybody has been told. The SDK's own bus tells, and knows no more. */
export class ChangeBus implements ServerEventBus {
  readonly #listeners = new Set<ChangeListener>();

  /** For what nobody waits for. Never throws; listeners report what fails. */
  publish(event: ServerEvent): void {
    this.deliver(event).catch(() => {});
  }

  /** Every listener has been called when this returns. Rejects when one fails, after all the others are done. */
  async deliver(event: ServerEvent): Promise<void> {
    const told = [...this.#listeners].map(async (listener) => listener(event));
    const failures = (await Promise.allSettled(told)).flatMap((end) =>
      end.status === 'rejected' ? [end.reason as unknown] : [],
    );
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} clients could not be told`);
  }

  subscribe(listener: ChangeListener): () => void {
    // a function of its own, so that one listener that subscribes twice can leave twice
    const own: ChangeListener = (event) => listener(event);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }
}
