import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { AuthorityUnavailable } from '../auth-info.js';
import type { Authority } from './authority.js';
import { fetchJson } from './fetch-json.js';
import { Remembered } from './remembered.js';

type Jose = typeof import('jose');

/** Milliseconds: how long keys are believed, and how often at most an unknown key makes us look again. */
const keysLife = 10 * 60_000;
const lookAgain = 30_000;

/**
 * The public keys of an authorization server. A key it has begun to use since is fetched when the first token
 * signed with it arrives; strangers who invent key ids cannot make us fetch more than twice a minute.
 */
export class KeySet {
  readonly #keys = new Remembered(() => this.#load(), keysLife);
  #lookedAgainAt = -Infinity;

  constructor(
    private readonly authority: Authority,
    private readonly jose: Jose,
  ) {}

  readonly find: JWTVerifyGetKey = async (header, token) => {
    const { errors } = this.jose;
    try {
      return await (
        await this.#keys.get()
      )(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return await (
        await this.#lookAgain()
      )(header, token);
    }
  };

  #lookAgain(): Promise<JWTVerifyGetKey> {
    // Another request may be looking just now, for the same new key.
    if (performance.now() - this.#lookedAgainAt < lookAgain) return this.#keys.latest();
    this.#lookedAgainAt = performance.now();
    return this.#keys.reload();
  }

  async #load(): Promise<JWTVerifyGetKey> {
    const url = await this.authority.endpoint('jwks_uri');
    const { status, body } = await fetchJson(url);
    if (body === undefined) throw new AuthorityUnavailable(`${url} answered ${status}`);
    try {
      // jose checks the shape and throws for any other
      return this.jose.createLocalJWKSet(body as unknown as JSONWebKeySet);
    } catch (cause) {
      throw new AuthorityUnavailable(`${url} is no key set`, { cause });
    }
  }
}
