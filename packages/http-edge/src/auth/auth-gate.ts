import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Host } from '@reprise/core/transport';
import { Refusal, rpcCode } from '../refusal.js';
import { AuthorityUnavailable, InvalidToken, type AuthInfo } from './auth-info.js';
import type { AuthOptions } from './auth-options.js';
import { scopesMissing, tokenMissing, tokenRefused, type ChallengeFacts } from './challenge.js';
import { asksForMetadata, metadataUrlOf, replyMetadata, type ResourcePlace } from './resource-metadata.js';
import { endAtExpiry, holdsListen } from './stream-end.js';
import { tokenOf } from './token-of.js';
import { verifierFor, type Verify } from './verifier-for.js';

/** Stands before every request: says whose it is, or refuses it. */
export class AuthGate {
  #verify: Verify | undefined;
  #told: AuthorityUnavailable | undefined;

  /** `place` is asked when the first request is there: before that the port may be unknown. */
  constructor(
    private readonly options: AuthOptions,
    private readonly place: () => ResourcePlace,
    private readonly host: Pick<Host, 'log' | 'requiredScopes'>,
  ) {}

  /** The header that holds tokens beside `Authorization`, if there is one. */
  get header(): string | undefined {
    return 'verify' in this.options ? this.options.header : undefined;
  }

  /** Answers requests for the metadata of the resource (RFC 9728); true if this was one. */
  tellsAbout(path: string, req: IncomingMessage, res: ServerResponse): boolean {
    const { issuer, scopes = [] } = this.options;
    if (issuer === undefined || !asksForMetadata(path, this.place())) return false;
    replyMetadata(req, res, {
      resource: this.place().url,
      authorization_servers: [issuer],
      ...(scopes.length > 0 && { scopes_supported: scopes }),
      bearer_methods_supported: ['header'],
    });
    return true;
  }

  /**
   * Whose request it is; the SDK's transports find it in `req.auth`. A stream that a GET opens ends with the token.
   * Throws Refusal: 400, 401, 403, and 503 when the authorization server cannot be asked.
   */
  async admit(req: IncomingMessage, res: ServerResponse, query: URLSearchParams): Promise<AuthInfo> {
    const token = tokenOf(req, query, this.header);
    if (token === undefined) throw tokenMissing(this.#facts());
    const caller = await this.#check(token, req);
    this.#requireScopes(caller, []);
    if (req.method === 'GET') endAtExpiry(res, caller);
    return Object.assign(req, { auth: caller }).auth;
  }

  /** Whether the caller may send this. Throws a 403 for scopes that its target needs. */
  permit(caller: AuthInfo, body: unknown, res: ServerResponse): void {
    this.#requireScopes(caller, this.host.requiredScopes(body));
    if (holdsListen(body)) endAtExpiry(res, caller);
  }

  async #check(token: string, req: IncomingMessage): Promise<AuthInfo> {
    this.#verify ??= verifierFor(this.options, this.place().url);
    try {
      return await this.#verify(token, req);
    } catch (error) {
      if (error instanceof InvalidToken) {
        this.host.log.log('debug', `A token was refused: ${error.message}`);
        throw tokenRefused(error.expired, this.#facts());
      }
      if (!(error instanceof AuthorityUnavailable)) throw error;
      // One failure answers many requests.
      if (this.#told !== error) this.host.log.log('error', `Tokens cannot be checked. ${error.message}`);
      this.#told = error;
      throw new Refusal(503, rpcCode.refused, 'Tokens cannot be checked at the moment', {
        'retry-after': '5',
      });
    }
  }

  #requireScopes({ scopes }: AuthInfo, more: readonly string[]): void {
    const facts = this.#facts(more);
    if (!facts.scopes.every((scope) => scopes.includes(scope))) throw scopesMissing(facts);
  }

  #facts(more: readonly string[] = []): ChallengeFacts {
    const { issuer, scopes = [] } = this.options;
    return {
      metadataUrl: issuer === undefined ? undefined : metadataUrlOf(this.place()),
      scopes: [...new Set([...scopes, ...more])],
    };
  }
}
