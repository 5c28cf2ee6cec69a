import { createHash } from 'node:crypto';
import { AuthorityUnavailable, InvalidToken, type AuthInfo } from '../auth-info.js';
import type { IntrospectionOptions } from '../auth-options.js';
import type { JwtRules } from './jwt-verifier.js';
import { authInfoOf } from './claims.js';
import { fetchJson } from './fetch-json.js';

/** Most answers that are remembered when a cache is asked for. */
const mostRemembered = 10_000;

/** Asks the authorization server about each token (RFC 7662). */
export class Introspector {
  /** By a digest, so that the memory of the process holds no second copy of a token. */
  readonly #believed = new Map<string, { info: AuthInfo; until: number }>();

  constructor(
    private readonly rules: JwtRules,
    private readonly options: IntrospectionOptions,
  ) {}

  /** Throws InvalidToken, AuthorityUnavailable. */
  async verify(token: string): Promise<AuthInfo> {
    const { cache = 0 } = this.options;
    if (cache === 0) return this.#check(token, await this.#ask(token));
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.#believed.get(key);
    if (known !== undefined && Date.now() < known.until) return known.info;
    this.#believed.delete(key);
    const info = this.#check(token, await this.#ask(token));
    const [oldest] = this.#believed.keys();
    if (this.#believed.size >= mostRemembered && oldest !== undefined) this.#believed.delete(oldest);
    this.#believed.set(key, {
      info,
      until: Math.min(Date.now() + cache, (info.expiresAt ?? Infinity) * 1000),
    });
    return info;
  }

  async #ask(token: string): Promise<Record<string, unknown>> {
    const { clientId, clientSecret, endpoint } = this.options;
    const url = endpoint ?? (await this.rules.authority.endpoint('introspection_endpoint'));
    const pair = [clientId, clientSecret].map((part) =>
      new URLSearchParams([['', part]]).toString().slice(1),
    );
    const { status, body } = await fetchJson(url, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(pair.join(':')).toString('base64')}` },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
    });
    if (body === undefined) throw new AuthorityUnavailable(`${url} answered ${status}`);
    return body;
  }

  #check(token: string, answer: Record<string, unknown>): AuthInfo {
    const { authority, audience } = this.rules;
    const { active, iss, aud, exp, nbf, token_type: type } = answer;
    const now = Date.now() / 1000;
    if (active !== true) throw new InvalidToken('it is not active');
    if (iss !== undefined && iss !== authority.issuer) throw new InvalidToken('another issuer made it');
    if (![aud].flat().some((name) => audience.includes(name as string)))
      throw new InvalidToken('unexpected audience');
    if (typeof exp === 'number' && exp <= now) throw new InvalidToken('it expired', true);
    if (typeof nbf === 'number' && nbf > now) throw new InvalidToken('it is not valid yet');
    if (typeof type === 'string' && !/^(bearer|access_token)$/i.test(type))
      throw new InvalidToken(`its token_type is ${JSON.stringify(type)}`);
    // A subject is unique at its issuer only, and the answer need not repeat who that is.
    return authInfoOf(token, { ...answer, iss: authority.issuer });
  }
}
