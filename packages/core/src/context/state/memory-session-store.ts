import { LRUCache } from 'lru-cache';
import { RepriseError } from '../../errors/index.js';
import type { SessionOwner, SessionStore } from './session-store.js';

export interface MemorySessionStoreOptions {
  /** Most sessions and principals at once; the one unused longest gives way. Default 10,000. */
  maxSessions?: number;
  /** Most characters of one owner's keys and values. Default 1 Mi; more is an error. */
  maxPerSession?: number;
  /** Most characters of all owners together; the one unused longest gives way. Default 64 Mi. */
  maxTotal?: number;
  /** Milliseconds without use after which the values of a principal are forgotten. Default 30 minutes. */
  idle?: number;
  /** Told of an owner whose values gave way to others' while they might still be wanted. */
  onEvict?: (owner: SessionOwner) => void;
}

interface Stored {
  readonly owner: SessionOwner;
  readonly values: Map<string, string>;
  size: number;
}

const mebi = 1024 * 1024;

/** Session values in this process: bounded, and gone when it ends. */
export class MemorySessionStore implements SessionStore {
  readonly #sessions: LRUCache<string, Stored>;
  readonly #maxPerSession: number;
  readonly #idle: number;

  constructor(options: MemorySessionStoreOptions = {}) {
    const { maxSessions = 10_000, maxTotal = 64 * mebi, idle = 30 * 60_000, onEvict } = options;
    this.#maxPerSession = Math.min(options.maxPerSession ?? mebi, maxTotal);
    this.#idle = idle;
    this.#sessions = new LRUCache({
      max: maxSessions,
      maxSize: maxTotal,
      updateAgeOnGet: true,
      dispose: ({ owner }, _key, reason) => {
        if (reason === 'evict') onEvict?.(owner);
      },
      noDisposeOnSet: true,
    });
  }

  async get(owner: SessionOwner, key: string): Promise<string | undefined> {
    return this.#sessions.get(nameOf(owner))?.values.get(key);
  }

  /** Throws SESSION_TOO_LARGE. */
  async set(owner: SessionOwner, key: string, json: string): Promise<void> {
    const stored = this.#sessions.get(nameOf(owner)) ?? { owner, values: new Map(), size: 1 };
    const size = stored.size - sizeOf(key, stored.values.get(key)) + sizeOf(key, json);
    if (size > this.#maxPerSession)
      throw new RepriseError(
        'SESSION_TOO_LARGE',
        `ctx.session would hold ${size} characters with "${key}".`,
        {
          fix: `Keep large data in a store of your own and its key in the session; the limit is ${this.#maxPerSession}.`,
        },
      );
    stored.values.set(key, json);
    this.#keep(stored, size);
  }

  async delete(owner: SessionOwner, key: string): Promise<boolean> {
    const stored = this.#sessions.get(nameOf(owner));
    const json = stored?.values.get(key);
    if (stored === undefined || json === undefined) return false;
    stored.values.delete(key);
    this.#keep(stored, stored.size - sizeOf(key, json));
    return true;
  }

  async forget(owner: SessionOwner): Promise<void> {
    this.#sessions.delete(nameOf(owner));
  }

  /** The end of a connection is told; that of a principal is not, so only those expire. */
  #keep(stored: Stored, size: number): void {
    stored.size = size;
    const { owner } = stored;
    this.#sessions.set(nameOf(owner), stored, {
      size,
      ...(owner.kind === 'principal' && { ttl: this.#idle }),
    });
  }
}

function nameOf({ kind, id }: SessionOwner): string {
  return `${kind}:${id}`;
}

function sizeOf(key: string, json: string | undefined): number {
  return json === undefined ? 0 : key.length + json.length;
}
