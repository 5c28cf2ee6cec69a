/** Who is authenticated, by what the access token says. Never holds the token. */
export interface Principal {
  /** One string for this principal, unlike every other's: for keys of your own. */
  readonly id: string;
  /** Whom the token is about; undefined where it names no one but the client. */
  readonly subject: string | undefined;
  /** The OAuth client that holds the token. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** All that the verifier of the token added. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What a verified token says; the SDK's AuthInfo is one. */
export interface VerifiedToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

export function principalOf({ clientId, scopes, extra = {} }: VerifiedToken): Principal {
  const subject = textIn(extra, 'sub') ?? textIn(extra, 'subject');
  const issuer = textIn(extra, 'iss');
  return Object.freeze({
    // subjects are unique within their issuer only, and two clients of one person need not trust each other
    id: JSON.stringify([issuer ?? '', clientId, subject ?? '']),
    subject,
    clientId,
    scopes: Object.freeze([...scopes]),
    claims: Object.freeze({ ...extra }),
  });
}

function textIn(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
