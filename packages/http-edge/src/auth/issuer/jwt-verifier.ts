import { messageOf } from '@reprise/core/transport';
import { AuthorityUnavailable, InvalidToken, type AuthInfo } from '../auth-info.js';
import type { Authority } from './authority.js';
import { authInfoOf } from './claims.js';
import { KeySet } from './key-set.js';

/** Asymmetric only: with a shared secret, whoever can check tokens could make them. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Access tokens by name (RFC 9068), and what servers write that do not name them. Not what is signed for other ends. */
const types = new Set([undefined, 'at+jwt', 'application/at+jwt', 'jwt', 'application/jwt']);
/** Seconds by which clocks may differ. */
const leeway = 5;

export interface JwtRules {
  readonly authority: Authority;
  readonly audience: readonly string[];
}

/** Checks access tokens that are signed JWTs. Loads jose with the first one. */
export class JwtVerifier {
  #parts: Promise<{ jose: typeof import('jose'); keys: KeySet }> | undefined;

  constructor(private readonly rules: JwtRules) {}

  /** Throws InvalidToken, AuthorityUnavailable. */
  async verify(token: string): Promise<AuthInfo> {
    const { jose, keys } = await (this.#parts ??= this.#load());
    try {
      const { payload, protectedHeader } = await jose.jwtVerify(token, keys.find, {
        algorithms,
        issuer: this.rules.authority.issuer,
        audience: [...this.rules.audience],
        clockTolerance: leeway,
        requiredClaims: ['exp'],
      });
      if (!types.has(protectedHeader.typ?.toLowerCase()))
        throw new InvalidToken(`its typ is ${JSON.stringify(protectedHeader.typ)}`);
      return authInfoOf(token, payload);
    } catch (error) {
      if (error instanceof AuthorityUnavailable || error instanceof InvalidToken) throw error;
      throw new InvalidToken(messageOf(error), error instanceof jose.errors.JWTExpired);
    }
  }

  async #load() {
    const jose = await import('jose');
    return { jose, keys: new KeySet(this.rules.authority, jose) };
  }
}
