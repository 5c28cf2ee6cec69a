/**
 * Whose values they are. `session`: one legacy connection; it is forgotten when the connection ends.
 * `principal`: one authenticated principal (2026-07-28); nothing tells when it has left, so a store lets it expire.
 */
export interface SessionOwner {
  readonly kind: 'session' | 'principal';
  /** Unique within its kind. */
  readonly id: string;
}

/**
 * Where `ctx.session` keeps its values, as JSON text. Replace the one in memory to share sessions between processes or
 * to keep them over a restart. Operations on one key must be atomic; of two writes the later one stays.
 */
export interface SessionStore {
  get(owner: SessionOwner, key: string): Promise<string | undefined>;
  set(owner: SessionOwner, key: string, json: string): Promise<void>;
  /** Whether the key was there. */
  delete(owner: SessionOwner, key: string): Promise<boolean>;
  /** The owner is gone: nothing of it will be asked for again. */
  forget(owner: SessionOwner): Promise<void>;
}
