import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

interface Forgery {
  claims?: JWTPayload;
  /** Overrides of the protected header; `alg` chooses how it is signed. */
  header?: { alg?: string; kid?: string; typ?: string; [other: string]: unknown };
  key?: CryptoKey | Uint8Array;
}

/** One for all: RSA keys take long to make. */
const pair = generateKeyPair('RS256', { extractable: true });

/** An issuer by hand: signs whatever it is told to, and answers as badly as a test wants. */
export class CrookedIssuer {
  static async start(): Promise<CrookedIssuer> {
    const { privateKey, publicKey } = await pair;
    const issuer = new CrookedIssuer(privateKey, publicKey, await exportJWK(publicKey));
    await new Promise<void>((resolve) => issuer.#http.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  readonly asked: string[] = [];
  /** Answers by path; what is not here is answered as a decent issuer would. */
  readonly answers: Record<string, RequestListener> = {};
  readonly audience = 'https://mcp.example/mcp';
  readonly #http = createServer((req, res) => {
    const path = req.url ?? '';
    this.asked.push(path);
    const answer = this.answers[path];
    if (answer !== undefined) return answer(req, res);
    if (path === '/.well-known/oauth-authorization-server') return reply(res, this.metadata());
    if (path === '/jwks') return reply(res, { keys: [{ ...this.publicJwk, kid: 'one', alg: 'RS256' }] });
    res.writeHead(404).end();
  });

  private constructor(
    readonly privateKey: CryptoKey,
    readonly publicKey: CryptoKey,
    readonly publicJwk: JWK,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  metadata(issuer = this.url): Record<string, unknown> {
    return { issuer, jwks_uri: `${this.url}/jwks`, introspection_endpoint: `${this.url}/introspect` };
  }

  /** A good token, but for what is forged. A claim or header that is undefined is left out. */
  token({ claims = {}, header = {}, key = this.privateKey }: Forgery = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: this.url,
      aud: this.audience,
      sub: 'ada',
      client_id: 'app',
      exp: now + 60,
      scope: 'a b',
    };
    return new SignJWT({ ...payload, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
      .sign(key);
  }

  /** The bytes that a verifier would take for a shared secret if the token were to choose the algorithm. */
  async publicKeyAsSecret(): Promise<Uint8Array> {
    return new TextEncoder().encode(await exportSPKI(this.publicKey));
  }

  stop(): Promise<unknown> {
    this.#http.closeAllConnections();
    return new Promise((resolve) => this.#http.close(resolve));
  }
}

export function reply(res: ServerResponse, body: object): void {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
