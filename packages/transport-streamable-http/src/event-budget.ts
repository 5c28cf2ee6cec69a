/** What keeps events, and can do without the oldest one. */
interface Keeper {
  /** Bytes of all its events. */
  readonly bytes: number;
  /** Forgets the oldest event, and says so to the budget. */
  dropOldest(): void;
}

/** One limit over the event logs of all sessions: those that have been silent longest make room for the others. */
export class EventBudget {
  /** The one that has been silent longest first. None of them is empty. */
  readonly #keepers = new Set<Keeper>();
  #bytes = 0;

  constructor(private readonly limit: number) {}

  /** A keeper took up an event of so many bytes. */
  added(keeper: Keeper, bytes: number): void {
    this.#keepers.delete(keeper);
    this.#keepers.add(keeper);
    this.#bytes += bytes;
    for (const silent of this.#keepers) {
      while (this.#bytes > this.limit && silent.bytes > 0) silent.dropOldest();
      if (this.#bytes <= this.limit) return;
    }
  }

  /** A keeper is about to forget events of so many bytes. */
  dropped(keeper: Keeper, bytes: number): void {
    this.#bytes -= bytes;
    if (keeper.bytes === bytes) this.#keepers.delete(keeper);
  }
}
