import { AuthorityUnavailable } from '../auth-info.js';
import { fetchJson } from './fetch-json.js';
import { Remembered } from './remembered.js';
import { mayPointTo } from './safe-url.js';

/** Milliseconds for which an authorization server's description of itself is believed. */
const metadataLife = 60 * 60_000;

/** The authorization server, found by its issuer URL (RFC 8414, OpenID Connect Discovery). Asked when first needed. */
export class Authority {
  readonly #metadata = new Remembered(() => discover(this.issuer), metadataLife);

  constructor(readonly issuer: string) {}

  /** A URL of its metadata. Throws AuthorityUnavailable. */
  async endpoint(name: 'jwks_uri' | 'introspection_endpoint'): Promise<string> {
    const url = (await this.#metadata.get())[name];
    if (mayPointTo(this.issuer, url)) return url;
    throw new AuthorityUnavailable(
      `${this.issuer}: its metadata has no ${name} that can be used (an https URL)`,
    );
  }
}

async function discover(issuer: string): Promise<Record<string, unknown>> {
  const tried: string[] = [];
  for (const url of wellKnown(issuer)) {
    const { status, body } = await fetchJson(url);
    if (body === undefined) {
      tried.push(`${url} → ${status}`);
      continue;
    }
    // Otherwise one authorization server could pass off another's keys as its own (mix-up).
    if (body['issuer'] !== issuer)
      throw new AuthorityUnavailable(
        `${url} calls its issuer ${JSON.stringify(body['issuer'])}, not ${JSON.stringify(issuer)}: write auth.issuer exactly so`,
      );
    return body;
  }
  throw new AuthorityUnavailable(`No metadata of ${issuer}: ${tried.join(', ')}`);
}

/** Where metadata may be, in the order that MCP clients look. */
function wellKnown(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  const inserted = ['oauth-authorization-server', 'openid-configuration'].map(
    (name) => `${origin}/.well-known/${name}${path}`,
  );
  return path === '' ? inserted : [...inserted, `${origin}${path}/.well-known/openid-configuration`];
}
