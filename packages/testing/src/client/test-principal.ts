import type { AuthInfo } from '@modelcontextprotocol/server';

/** Who a client is authenticated as: what the server finds in its access token. */
export interface TestPrincipal {
  /** The OAuth client. Default `test`. */
  clientId?: string;
  /** Whom the token is about: the claim `sub`. */
  subject?: string;
  scopes?: readonly string[];
  claims?: Readonly<Record<string, unknown>>;
  /** The access token itself, which no handler gets to see. Default `in-memory`. */
  token?: string;
}

export function authInfoOf(principal: TestPrincipal): AuthInfo {
  const { clientId = 'test', subject, scopes = [], claims, token = 'in-memory' } = principal;
  const extra = { ...claims, ...(subject !== undefined && { sub: subject }) };
  return { token, clientId, scopes: [...scopes], extra };
}
