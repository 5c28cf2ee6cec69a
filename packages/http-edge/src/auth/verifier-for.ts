import { InvalidToken, type AuthInfo } from './auth-info.js';
import type { AuthOptions, VerifiedRequest, VerifierAuthOptions } from './auth-options.js';
import { Authority } from './issuer/authority.js';
import { Introspector } from './issuer/introspector.js';
import { JwtVerifier } from './issuer/jwt-verifier.js';

/** Says whose token it is. Throws InvalidToken, AuthorityUnavailable. */
export type Verify = (token: string, request: VerifiedRequest) => Promise<AuthInfo>;

/** The way of checking tokens that the options ask for. `resource` is the audience if they name none. */
export function verifierFor(options: AuthOptions, resource: string): Verify {
  if ('verify' in options) return (token, request) => byFunction(options, token, request);
  const { issuer, audience = resource, introspection } = options;
  const rules = { authority: new Authority(issuer), audience: [audience].flat() };
  const verifier = introspection ? new Introspector(rules, introspection) : new JwtVerifier(rules);
  return (token) => verifier.verify(token);
}

async function byFunction(
  { verify, issuer }: VerifierAuthOptions,
  token: string,
  { headers, method, url }: VerifiedRequest,
): Promise<AuthInfo> {
  const caller = await verify(token, { headers, method, url });
  if (caller === undefined) throw new InvalidToken('the verifier does not know it');
  const { subject, clientId = subject, scopes = [], claims = {}, expiresAt } = caller;
  if (typeof subject !== 'string' || subject === '') throw new InvalidToken('the verifier named no subject');
  if (expiresAt !== undefined && expiresAt <= Date.now() / 1000) throw new InvalidToken('it expired', true);
  const extra = { ...claims, sub: subject, ...(issuer !== undefined && { iss: issuer }) };
  return { token, clientId, scopes: [...scopes], extra, ...(expiresAt !== undefined && { expiresAt }) };
}
