/** Values that live as long as one request. Any value; the same object comes back. */
export interface RequestState {
  /** Undefined for a key that was not set. */
  get<T = unknown>(key: string | symbol): T | undefined;
  set(key: string | symbol, value: unknown): void;
  has(key: string | symbol): boolean;
  /** Whether the key was there. */
  delete(key: string | symbol): boolean;
}

const deleted = Symbol('deleted');

/**
 * One layer of request state. A nested call gets a layer of its own, which reads through to the one below: entering
 * costs the same however much is stored, and what the nested call writes stays in its layer.
 */
export class StateLayer implements RequestState {
  readonly #below: StateLayer | undefined;
  #own: Map<string | symbol, unknown> | undefined;

  constructor(below?: StateLayer) {
    this.#below = below;
  }

  /** The values as they are now: what is written to one of the two later does not show in the other. */
  copy(): StateLayer {
    const copy = new StateLayer(this.#below);
    copy.#own = this.#own && new Map(this.#own);
    return copy;
  }

  get<T = unknown>(key: string | symbol): T | undefined {
    const found = this.#find(key);
    return found === deleted ? undefined : (found as T); // the caller says what it has put there
  }

  set(key: string | symbol, value: unknown): void {
    this.#own ??= new Map();
    this.#own.set(key, value);
  }

  has(key: string | symbol): boolean {
    return this.#find(key) !== deleted;
  }

  delete(key: string | symbol): boolean {
    const existed = this.has(key);
    if (existed) this.set(key, deleted);
    return existed;
  }

  #find(key: string | symbol): unknown {
    if (this.#own?.has(key)) return this.#own.get(key);
    return this.#below === undefined ? deleted : this.#below.#find(key);
  }
}
