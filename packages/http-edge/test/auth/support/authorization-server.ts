import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';

// Its advice to operators would hide what the tests print, and begins while it loads.
console.info = console.warn = () => {};
const { default: Provider } = await import('oidc-provider');

export interface TokenWish {
  resource?: string;
  scope?: string;
  client?: 'agent' | 'other-agent';
}

interface Settings {
  /** What access tokens are: signed JWTs, or opaque. */
  format?: 'jwt' | 'opaque';
  /** Seconds that they live. */
  ttl?: number;
  /** All that there are. */
  scopes?: string;
}

const secret = 'not-a-secret-at-all';
const byCredentials = {
  client_secret: secret,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
};
const byCode = {
  client_id: 'app',
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/done'],
};

/** A real authorization server on a loopback port; with introspection, revocation, and keys that can be changed. */
export class AuthorizationServer {
  static async start(settings: Settings = {}): Promise<AuthorizationServer> {
    const server = new AuthorizationServer(settings);
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    await server.rotateKeys();
    return server;
  }

  /** What the last of the test's servers was asked, as `METHOD path`. */
  readonly asked: string[] = [];
  readonly resourceServer = { clientId: 'trip-desk', clientSecret: secret };
  readonly agent = { clientId: 'agent', clientSecret: secret };
  #serve: RequestListener = () => {};
  readonly #http = createServer((req, res) => {
    this.asked.push(`${req.method} ${req.url?.split('?', 1)[0]}`);
    this.#serve(req, res);
  });

  private constructor(readonly settings: Settings) {}

  get issuer(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Signs with a new key from now on, and forgets the old one. */
  async rotateKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const key = {
      ...(await exportJWK(privateKey)),
      kid: randomBytes(4).toString('hex'),
      alg: 'ES256',
      use: 'sig',
    };
    this.#serve = new Provider(this.issuer, this.#configuration(key)).callback();
  }

  /** A token by client credentials. */
  async token({ resource, scope = 'trips:read', client = 'agent' }: TokenWish = {}): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      ...(resource && { resource }),
    });
    const { access_token: token } = await this.#post('/token', body, client);
    return String(token);
  }

  /** A token of the user `ada`, by authorization code and PKCE, through the pages a browser would see. */
  async userToken({ resource = '', scope = 'trips:read' }: TokenWish): Promise<string> {
    const verifier = randomBytes(32).toString('base64url');
    const redirectUri = 'http://127.0.0.1/done';
    const query = new URLSearchParams({
      client_id: 'app',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: `openid ${scope}`,
      resource,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const code = await new Browser().visit(`${this.issuer}/auth?${query}`);
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: 'app' };
    const body = new URLSearchParams({ ...grant, code_verifier: verifier, resource });
    return String((await this.#post('/token', body)).access_token);
  }

  async revoke(token: string): Promise<void> {
    await this.#post('/token/revocation', new URLSearchParams({ token }), 'agent');
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #post(path: string, body: URLSearchParams, client?: string): Promise<Record<string, unknown>> {
    const authorization = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`;
    const response = await fetch(this.issuer + path, {
      method: 'POST',
      body,
      headers: client ? { authorization } : {},
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return text === '' ? {} : JSON.parse(text);
  }

  #configuration(key: object) {
    const { format = 'jwt', ttl = 600, scopes = 'trips:read trips:write' } = this.settings;
    return {
      jwks: { keys: [key] },
      cookies: { keys: ['a key for cookies'] },
      scopes: ['openid', ...scopes.split(' ')],
      clients: [
        { client_id: 'agent', scope: scopes, ...byCredentials },
        { client_id: 'other-agent', scope: scopes, ...byCredentials },
        { client_id: 'trip-desk', ...byCredentials },
        byCode,
      ],
      clientAuthMethods: ['client_secret_basic', 'none'],
      enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
      clientDefaults: { id_token_signed_response_alg: 'ES256' },
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: true },
        introspection: { enabled: true, allowedPolicy: () => true },
        revocation: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'urn:somebody-else',
          useGrantedResource: () => true,
          getResourceServerInfo: (_: unknown, resource: string) => ({
            scope: scopes,
            audience: resource,
            accessTokenTTL: ttl,
            accessTokenFormat: format,
            ...(format === 'jwt' && { jwt: { sign: { alg: 'ES256' } } }),
          }),
        },
      },
    };
  }
}

/** As much of a browser as it takes to log in and consent: follows redirects, keeps cookies, sends forms. */
class Browser {
  readonly #cookies = new Map<string, string>();

  /** Resolves with the code of the redirect that leaves the authorization server. */
  async visit(url: string, body?: URLSearchParams): Promise<string> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return this.#submit(url, await response.text());
    const next = new URL(location, url);
    return next.searchParams.get('code') ?? this.visit(next.href);
  }

  #submit(url: string, page: string): Promise<string> {
    const action = /action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined)
      throw new Error(`No form at ${url}: ${page.slice(0, 400)}`);
    const body = new URLSearchParams({
      prompt,
      ...(prompt === 'login' && { login: 'ada', password: 'any' }),
    });
    return this.visit(new URL(action, url).href, body);
  }
}
