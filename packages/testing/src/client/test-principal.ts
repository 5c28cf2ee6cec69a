import type { AuthInfo } from '@modelcontextprotocol/server';

/** Who a client is authenticated as: what the server finds in its access token. */
export interface TestPrincipal {
  /** The OAuth client. Default `test`. */
  clientId?: string;
  /** Whom the token is about: the claim `sub`. */
  subject?: string;
  scopes?: readonly string[];
  claims?: Readonly<Record<string, unknown>>;
}

export function authInfoOf({ clientId = 'test', subject, scopes = [], claims }: TestPrincipal): AuthInfo {
  const extra = { ...claims, ...(subject !== undefined && { sub: subject }) };
  return { token: 'in-memory', clientId, scopes: [...scopes], extra };
}
