import { Refusal, rpcCode } from './refusal.js';

/** A legacy client's connection, as far as the table needs to know it. */
export interface Session {
  /** While true the session neither expires nor gives way to a newcomer: a call runs. */
  readonly busy: boolean;
  /** While true the session does not expire, and gives way after those that are not: a stream waits for news. */
  readonly listening?: boolean;
  /** Who began it; undefined where nobody is authenticated. */
  readonly owner?: string | undefined;
  /** Gives back what it can have again when it is used; for a session that is doing something, nothing. */
  rest?(): void;
  close(): Promise<void>;
}

export interface SessionLimits {
  /** Milliseconds without use after which a session ends; Infinity for never. */
  readonly idle: number;
  /** Most sessions at once; a newcomer takes the place of the one that is idle longest. */
  readonly max: number;
  /** Milliseconds without use after which a session is told to rest. Default: never. */
  readonly rest?: number;
}

const shortestSweep = 10;
const longestSweep = 60_000;

interface Entry<S> {
  readonly session: S;
  usedAt: number;
  /** Whether the client came back after it had begun, as every real one does at once. */
  readonly known: boolean;
}

/** Sessions by id, least recently used first. */
export class SessionTable<S extends Session> {
  readonly #entries = new Map<string, Entry<S>>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(private readonly limits: SessionLimits) {}

  get #rest(): number {
    return this.limits.rest ?? Infinity;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Adds a session; throws a 503 when the table is full of busy ones. */
  add(id: string, session: S): void {
    this.makeRoom();
    this.#entries.set(id, { session, usedAt: Date.now(), known: false });
    const soonest = Math.min(this.limits.idle / 4, this.#rest);
    if (soonest === Infinity) return;
    const period = Math.min(longestSweep, Math.max(shortestSweep, soonest));
    this.#sweeper ??= setInterval(() => this.#sweep(), period).unref();
  }

  /** Sees to it that one more fits; throws a 503 when that is impossible. */
  makeRoom(): void {
    if (this.#entries.size < this.limits.max) return;
    const leaver = this.#leaver();
    if (leaver !== undefined) return this.#end(...leaver);
    throw new Refusal(503, rpcCode.refused, 'Too many sessions', { 'retry-after': '5' });
  }

  /**
   * The session of that id, marked as used now; throws a 404, on which clients begin anew. Somebody else's session
   * is not there either: a stolen id opens nothing, and nobody learns that it is one.
   */
  find(id: string | null | undefined, owner?: string): S {
    const entry = this.#entries.get(id ?? '');
    if (id == null || entry === undefined || entry.session.owner !== owner)
      throw new Refusal(404, rpcCode.sessionNotFound, 'Session not found');
    this.#entries.delete(id);
    this.#entries.set(id, { session: entry.session, usedAt: Date.now(), known: true });
    return entry.session;
  }

  /** Forgets a session that ended by itself. */
  remove(id: string): void {
    this.#entries.delete(id);
    if (this.#entries.size > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }

  async closeAll(): Promise<void> {
    const sessions = [...this.#entries.values()];
    for (const id of this.#entries.keys()) this.remove(id);
    await Promise.allSettled(sessions.map(({ session }) => session.close()));
  }

  /**
   * Who gives way: of those without a call first one that only began, so that a flood of beginnings ends
   * nobody else's session, then one that listens to nothing, then any; of equals the one idle longest.
   */
  #leaver(): [id: string, session: S] | undefined {
    let best: [id: string, session: S] | undefined;
    let bestRank = Infinity;
    for (const [id, { session, known }] of this.#entries) {
      const rank = session.busy ? Infinity : Number(known) + (session.listening === true ? 2 : 0);
      if (rank < bestRank) [best, bestRank] = [[id, session], rank];
      if (rank === 0) break;
    }
    return best;
  }

  #sweep(): void {
    const now = Date.now();
    for (const [id, entry] of this.#entries) {
      // Idleness begins when the last call ends, not when it began.
      if (entry.session.busy || entry.session.listening === true) entry.usedAt = now;
      else if (now - entry.usedAt >= this.limits.idle) this.#end(id, entry.session);
      else if (now - entry.usedAt >= this.#rest) entry.session.rest?.();
    }
  }

  #end(id: string, session: S): void {
    this.remove(id);
    // A session that fails to close is gone from the table all the same; there is nobody to tell.
    session.close().catch(() => {});
  }
}
