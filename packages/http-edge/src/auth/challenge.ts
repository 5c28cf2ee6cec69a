import { Refusal, rpcCode } from '../refusal.js';

/** What every challenge says beside its error. */
export interface ChallengeFacts {
  /** Where the metadata of the resource is; undefined when there is no authorization server to name. */
  readonly metadataUrl: string | undefined;
  readonly scopes: readonly string[];
}

/** 401 to a request without a token: no error, it may not have known. */
export function tokenMissing(facts: ChallengeFacts): Refusal {
  return refusal(401, 'A token is required', {}, facts);
}

/** 401 to a token that is not good. */
export function tokenRefused(expired: boolean, facts: ChallengeFacts): Refusal {
  const description = expired ? 'The token expired' : 'The token is not valid';
  return refusal(401, description, { error: 'invalid_token', error_description: description }, facts);
}

/** 403 to a good token that may not do this; `facts.scopes` are all that it takes. */
export function scopesMissing(facts: ChallengeFacts): Refusal {
  const description = `Needs the scopes ${facts.scopes.join(' ')}`;
  return refusal(403, description, { error: 'insufficient_scope', error_description: description }, facts);
}

function refusal(
  status: number,
  message: string,
  error: Record<string, string>,
  { metadataUrl, scopes }: ChallengeFacts,
): Refusal {
  const parameters = {
    ...error,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(metadataUrl !== undefined && { resource_metadata: metadataUrl }),
  };
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
  // No value holds a quote: scopes are checked, URLs have it encoded, the rest is ours.
  return new Refusal(status, rpcCode.refused, message, {
    'www-authenticate': list.length === 0 ? 'Bearer' : `Bearer ${list.join(', ')}`,
  });
}
