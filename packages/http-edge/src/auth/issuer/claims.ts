import { InvalidToken, type AuthInfo } from '../auth-info.js';

/** What the payload of a token, or an introspection answer, says about its holder. Throws InvalidToken. */
export function authInfoOf(token: string, claims: Readonly<Record<string, unknown>>): AuthInfo {
  // Such a token is worth nothing without the proof that its holder has a key, which a bearer does not give.
  if (claims['cnf'] !== undefined)
    throw new InvalidToken('it is bound to a key (cnf) and cannot be a bearer token');
  const clientId = textOf(claims, ['client_id', 'azp', 'cid', 'appid']);
  if (clientId === '' && textOf(claims, ['sub']) === '')
    throw new InvalidToken('it names neither subject nor client');
  const { exp } = claims;
  return {
    token,
    clientId,
    scopes: scopesOf(claims['scope'] ?? claims['scp']),
    ...(typeof exp === 'number' && { expiresAt: exp }),
    extra: { ...claims },
  };
}

/** `client_id` is the standard's name (RFC 9068); the others are what large authorization servers write. */
function textOf(claims: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const found = names.map((name) => claims[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
}

function scopesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : [];
}
