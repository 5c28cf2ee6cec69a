/** Milliseconds for which a failure is remembered: a server in trouble is not asked again for every request. */
const failureLife = 5_000;

/** A value that is loaded when first needed and again when it is old; one load at a time. */
export class Remembered<T> {
  #value: Promise<T> | undefined;
  #until = 0;
  #loading: Promise<T> | undefined;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly life: number,
  ) {}

  get(): Promise<T> {
    return this.#fresh ?? this.reload();
  }

  /** What a load that is under way brings; without one, what is known. */
  latest(): Promise<T> {
    return this.#loading ?? this.get();
  }

  /** Loads anew. What is known stays in use meanwhile, and when the load fails. */
  reload(): Promise<T> {
    return (this.#loading ??= this.#load());
  }

  get #fresh(): Promise<T> | undefined {
    return Date.now() < this.#until ? this.#value : undefined;
  }

  async #load(): Promise<T> {
    try {
      const value = await this.load();
      this.#keep(Promise.resolve(value), this.life);
      return value;
    } catch (error) {
      if (this.#fresh === undefined) this.#keep(Promise.reject(error), failureLife);
      throw error;
    } finally {
      this.#loading = undefined;
    }
  }

  #keep(value: Promise<T>, life: number): void {
    // Whoever asks for it hears of a failure; nobody may ask.
    value.catch(() => {});
    this.#value = value;
    this.#until = Date.now() + life;
  }
}
