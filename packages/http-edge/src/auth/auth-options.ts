import type { IncomingMessage } from 'node:http';
import { RepriseError } from '@reprise/core/transport';
import { isSafeUrl } from './issuer/safe-url.js';

/** Who may call. Every request is checked, in every era. */
export type AuthOptions = IssuerAuthOptions | VerifierAuthOptions;

/** Access tokens of an OAuth authorization server. */
export interface IssuerAuthOptions {
  /** The authorization server, exactly as its metadata and its tokens name it. https, or http on a loopback address. */
  issuer: string;
  /** What tokens must be issued for (`aud`), one of these is enough. Default: the URL of the endpoint, see `publicUrl`. */
  audience?: string | readonly string[];
  /** Scopes that every request needs. Default none. */
  scopes?: readonly string[];
  /** Ask the authorization server about every token (RFC 7662), so that opaque and revoked tokens are known. */
  introspection?: IntrospectionOptions;
}

export interface IntrospectionOptions {
  /** This server's own client at the authorization server. */
  clientId: string;
  clientSecret: string;
  /** Default: the `introspection_endpoint` of the issuer's metadata. */
  endpoint?: string;
  /** Milliseconds for which a good answer is believed; a token revoked meanwhile is still accepted. Default 0: never. */
  cache?: number;
}

/** Tokens that a function of yours knows: API keys, tokens of another system. */
export interface VerifierAuthOptions {
  /** Says whose token it is; undefined refuses it. What it throws is logged and answered 500. */
  verify: (
    token: string,
    request: VerifiedRequest,
  ) => VerifiedCaller | undefined | Promise<VerifiedCaller | undefined>;
  /** A header that holds the token, such as `x-api-key`, beside `Authorization: Bearer`. */
  header?: string;
  /** Scopes that every request needs. Default none. */
  scopes?: readonly string[];
  /** The authorization server that clients get such tokens from, if there is one. */
  issuer?: string;
}

/** What a verifier may look at beside the token. */
export type VerifiedRequest = Pick<IncomingMessage, 'headers' | 'method' | 'url'>;

/** Whose token it is, as a verifier says. */
export interface VerifiedCaller {
  /** Unlike every other caller's: sessions and sealed states belong to it. */
  subject: string;
  /** Default: the subject. */
  clientId?: string;
  scopes?: readonly string[];
  /** What handlers find in `ctx.principal.claims`. */
  claims?: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  expiresAt?: number;
}

/** Throws INVALID_OPTION for what cannot work. `where` names the factory in messages. */
export function checkAuth(where: string, auth: AuthOptions): void {
  const { issuer, scopes = [] } = auth;
  if ('verify' in auth) {
    if (auth.header !== undefined && !/^[\w-]+$/.test(auth.header))
      throw invalid(where, 'auth.header', 'Give the name of a header: x-api-key.');
  } else {
    checkIntrospection(where, auth.introspection);
    if ([auth.audience ?? []].flat().includes(''))
      throw invalid(where, 'auth.audience', 'Leave no audience empty.');
  }
  if ((!('verify' in auth) || issuer !== undefined) && !isSafeUrl(issuer))
    throw invalid(
      where,
      'auth.issuer',
      'Give the https URL of the authorization server, without query or fragment.',
    );
  if (scopes.some((scope) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)))
    throw invalid(
      where,
      'auth.scopes',
      'Write each scope as one word of ASCII without quotes and backslashes.',
    );
}

function checkIntrospection(where: string, introspection: IntrospectionOptions | undefined): void {
  if (introspection === undefined) return;
  const { clientId, clientSecret, endpoint, cache = 0 } = introspection;
  if (!clientId || !clientSecret)
    throw invalid(where, 'auth.introspection', 'Give the clientId and clientSecret of this server.');
  if (endpoint !== undefined && !isSafeUrl(endpoint))
    throw invalid(where, 'auth.introspection.endpoint', 'Give an https URL.');
  if (!(cache >= 0)) throw invalid(where, 'auth.introspection.cache', 'Give milliseconds, 0 for none.');
}

/** The value stays out of the message: secrets stand next to it. */
function invalid(where: string, option: string, fix: string): RepriseError {
  return new RepriseError('INVALID_OPTION', `${option} has a value that cannot work.`, { where, fix });
}
