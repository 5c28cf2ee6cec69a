import type { Exchange } from '../exchange.js';
import { faultOf } from './json-text.js';
import { SessionUnavailableError, SessionValueError } from './session-errors.js';
import type { SessionOwner, SessionStore } from './session-store.js';

/**
 * Values that outlive the request: of one connection (legacy), or of one authenticated principal (2026-07-28).
 * JSON values; each read is a fresh copy. Throws SessionUnavailableError where there is neither.
 */
export interface SessionState {
  /** Undefined for a key that was not set. */
  get<T = unknown>(key: string): Promise<T | undefined>;
  /** Throws SessionValueError (a TypeError) for what JSON would not bring back unchanged, SESSION_TOO_LARGE. */
  set(key: string, value: unknown): Promise<void>;
  /** Whether the key was there. */
  delete(key: string): Promise<boolean>;
}

export class StoredSession implements SessionState {
  constructor(
    private readonly store: SessionStore,
    private readonly exchange: Pick<Exchange, 'era' | 'sessionId' | 'principal'>,
    private readonly where: string,
  ) {}

  async get<T = unknown>(key: string): Promise<T | undefined> {
    const json = await this.store.get(this.owner(), key);
    return json === undefined ? undefined : (JSON.parse(json) as T); // the caller says what it has put there
  }

  async set(key: string, value: unknown): Promise<void> {
    const owner = this.owner();
    const fault = faultOf(value);
    if (fault)
      throw new SessionValueError(
        this.where,
        `ctx.session.set("${key}"): ${fault.path} ${fault.what}, which JSON cannot hold.`,
        fault.fix,
      );
    await this.store.set(owner, key, JSON.stringify(value));
  }

  async delete(key: string): Promise<boolean> {
    return this.store.delete(this.owner(), key);
  }

  private owner(): SessionOwner {
    const { era, sessionId, principal } = this.exchange;
    if (era === 'legacy' && sessionId !== undefined) return { kind: 'session', id: sessionId };
    if (era === 'modern' && principal !== '') return { kind: 'principal', id: principal };
    throw new SessionUnavailableError(this.where);
  }
}
