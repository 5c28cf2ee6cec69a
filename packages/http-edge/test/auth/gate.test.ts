import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpEdge, type AuthOptions, type EdgeOptions, type VerifiedCaller } from '@reprise/http-edge';
import { sse } from '@reprise/transport-sse';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { raw, until, type RawAnswer } from '../support/raw-http.js';
import { TestHost } from '../support/test-host.js';
import { reply } from './support/crooked-issuer.js';

const issuer = 'https://login.example';
const wellKnown = '/.well-known/oauth-protected-resource';
const callers: Record<string, VerifiedCaller> = {
  good: { subject: 'ada', scopes: ['a'], claims: { tenant: 'blue', sub: 'someone-else' } },
  more: { subject: 'ada', scopes: ['a', 'b', 'c'] },
  late: { subject: 'ada', expiresAt: 1000 },
  nobody: { subject: '' },
};
const verify = (token: string) => callers[token];

let host: TestHost;
let served = 0;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  host = new TestHost();
  served = 0;
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function serve(auth: AuthOptions, options: EdgeOptions = {}, path = '/mcp') {
  const edge = new HttpEdge(
    'test()',
    { port: 0, signals: false, auth, ...options },
    {
      [path]: {
        GET: ({ res, auth: caller }) => reply(res, caller ?? {}),
        POST: async ({ res, auth: caller, readMessage }) => {
          await readMessage();
          served += 1;
          reply(res, caller ?? {});
        },
      },
    },
  );
  await edge.start(host);
  ends.push(() => edge.close());
  const ask = (headers: Record<string, string | string[]> = {}, query = '') =>
    raw(edge.origin + path + query, {
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  return { edge, ask };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const challengeOf = ({ headers }: RawAnswer): string => String(headers['www-authenticate']);

describe('a request without a good token', () => {
  test('learns where to get one, and for what; only who sent one is told of an error', async () => {
    const { edge, ask } = await serve({ verify, issuer, scopes: ['a', 'b'] });
    const facts = `scope="a b", resource_metadata="${edge.origin}${wellKnown}/mcp"`;
    const none = await ask();
    expect(none).toMatchObject({ status: 401, error: { code: -32000, message: 'A token is required' } });
    expect(challengeOf(none)).toBe(`Bearer ${facts}`);
    expect(challengeOf(await ask({ authorization: 'Basic YTpi' }))).toBe(`Bearer ${facts}`);
    expect(challengeOf(await ask(bearer('bad')))).toBe(
      `Bearer error="invalid_token", error_description="The token is not valid", ${facts}`,
    );
    expect(challengeOf(await ask(bearer('late')))).toContain('error_description="The token expired"');
    expect((await ask(bearer('nobody'))).status).toBe(401);
    expect(served).toBe(0);
  });

  test.each([
    ['no token', { authorization: 'Bearer' }],
    ['two words', { authorization: 'Bearer good good' }],
    ['strange characters', { authorization: 'Bearer go"od' }],
    ['a comma', { authorization: 'Bearer good,Bearer good' }],
    ['two headers', { authorization: ['Bearer good', 'Bearer more'] }],
  ])('that is malformed is a bad request: %s', async (_, headers) => {
    const { ask } = await serve({ verify });
    const answer = await ask(headers);
    expect([answer.status, challengeOf(answer)]).toEqual([400, 'Bearer error="invalid_request"']);
  });

  test('a token in the query is refused, beside a good one too', async () => {
    const { ask } = await serve({ verify });
    expect((await ask({}, '?access_token=good')).status).toBe(400);
    expect((await ask(bearer('good'), '?access_token=good')).status).toBe(400);
    expect((await ask({ authorization: 'bearer   good' })).status).toBe(200);
  });

  test('is refused before its body is read, and after Host and Origin were checked', async () => {
    const { edge, ask } = await serve({ verify });
    const headers = { 'content-type': 'application/json', 'content-length': '1000000' };
    const status = await new Promise((resolve, reject) => {
      const req = request(`${edge.origin}/mcp`, { method: 'POST', headers }, (res) => {
        resolve(res.statusCode);
        req.destroy();
      });
      req.once('error', reject);
      req.write('{');
    });
    expect(status).toBe(401);
    expect((await ask({ host: 'evil.example' })).status).toBe(403);
    expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await raw(`${edge.origin}/other`, {})).status).toBe(404);
  });

  test('preflights need none, and pages can read the challenge', async () => {
    const cors = ['https://app.example'];
    const { edge, ask } = await serve({ verify, header: 'X-Api-Key' }, { cors });
    const origin = 'https://app.example';
    const preflight = await raw(`${edge.origin}/mcp`, { method: 'OPTIONS', headers: { origin } });
    expect(preflight).toMatchObject({ status: 204 });
    expect(preflight.headers['access-control-allow-headers']).toMatch(/authorization.*X-Api-Key/);
    expect((await ask({ origin })).headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': expect.stringContaining('www-authenticate'),
    });
  });
});

describe('scopes', () => {
  test('that every request needs, and those of what it is for: all are named, nothing is run', async () => {
    host.requiredScopes = () => ['b', 'a', 'c'];
    const { ask } = await serve({ verify, issuer, scopes: ['a'] });
    const answer = await ask(bearer('good'));
    expect(answer).toMatchObject({ status: 403, error: { message: 'Needs the scopes a b c' } });
    expect(challengeOf(answer)).toMatch(
      /^Bearer error="insufficient_scope", .*scope="a b c", resource_metadata="/,
    );
    expect(served).toBe(0);
    expect((await ask(bearer('more'))).status).toBe(200);
  });

  test('a server with @Scopes does not start without auth, on either transport', async () => {
    host.scoped = true;
    const options = { port: 0, signals: false };
    for (const make of [streamableHttp, sse]) {
      const transport = make(options);
      await expect(transport.start(host)).rejects.toMatchObject({
        code: 'AUTH_MISSING',
        fix: expect.any(String),
      });
      const guarded = make({ ...options, auth: { verify } });
      await guarded.start(host);
      await guarded.close();
    }
  });
});

describe('a verifier of your own', () => {
  test('says who it is; the subject is what it says, not a claim', async () => {
    const { ask } = await serve({ verify });
    expect(JSON.parse((await ask(bearer('good'))).text)).toEqual({
      token: 'good',
      clientId: 'ada',
      scopes: ['a'],
      extra: { tenant: 'blue', sub: 'ada' },
    });
    expect(challengeOf(await ask())).toBe('Bearer');
  });

  test('gets the token of a header of its own as well', async () => {
    const { ask } = await serve({ verify, header: 'X-Api-Key' });
    expect((await ask({ 'x-api-key': 'good' })).status).toBe(200);
    expect((await ask(bearer('good'))).status).toBe(200);
    expect((await ask({ 'x-api-key': 'bad', ...bearer('good') })).status).toBe(401);
    expect((await ask({ 'x-api-key': ['good', 'good'] })).status).toBe(400);
  });

  test('may look at the request, and may fail without a word to the client', async () => {
    const seen: unknown[] = [];
    const { ask } = await serve({
      verify: async (token, { method, url, headers }) => {
        seen.push(method, url, headers.host !== undefined);
        throw new Error(`the database of ${token} is down`);
      },
    });
    const answer = await ask(bearer('good'));
    expect([answer.status, answer.text]).toEqual([500, expect.not.stringContaining('database')]);
    expect(seen).toEqual(['POST', '/mcp', true]);
    expect(host.logged.join()).toContain('database');
  });
});

describe('the metadata of the resource', () => {
  const get = async (url: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const answer = await raw(url, { method: 'GET', ...init });
    return { ...answer, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
  };

  test('stands where RFC 9728 puts it, and at the root, for everybody', async () => {
    const { edge } = await serve({ issuer, scopes: ['a'] });
    for (const path of [`${wellKnown}/mcp`, wellKnown]) {
      const answer = await get(edge.origin + path, { headers: { origin: 'https://any.example' } });
      expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': '*' } });
      expect(answer.body).toEqual({
        resource: `${edge.origin}/mcp`,
        authorization_servers: [issuer],
        scopes_supported: ['a'],
        bearer_methods_supported: ['header'],
      });
    }
    for (const path of [`${wellKnown}/other`, `/other${wellKnown}`, `${wellKnown}/mcp/`])
      expect((await get(edge.origin + path)).status).toBe(404);
  });

  test('answers preflights, HEAD, and nothing else', async () => {
    const { edge } = await serve({ issuer });
    const url = `${edge.origin}${wellKnown}/mcp`;
    const asked = { 'access-control-request-headers': 'mcp-protocol-version', origin: 'https://any.example' };
    expect(await get(url, { method: 'OPTIONS', headers: asked })).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-headers': 'mcp-protocol-version' },
    });
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await get(url, { method: 'POST' })).status).toBe(405);
  });

  test('behind a proxy: named as clients know it, found with the prefix before, after, and taken away', async () => {
    const publicUrl = 'https://mcp.example/desk/mcp';
    const { edge, ask } = await serve({ issuer }, { publicUrl });
    expect(challengeOf(await ask())).toContain(
      `resource_metadata="https://mcp.example${wellKnown}/desk/mcp"`,
    );
    for (const path of [
      wellKnown,
      `${wellKnown}/mcp`,
      `${wellKnown}/desk/mcp`,
      `/desk${wellKnown}`,
      `/desk${wellKnown}/mcp`,
    ])
      expect((await get(edge.origin + path)).body).toMatchObject({ resource: publicUrl });
  });

  test('of an endpoint at the root, and of the SSE endpoint', async () => {
    const { edge, ask } = await serve({ issuer }, {}, '/');
    expect((await get(`${edge.origin}${wellKnown}`)).body).toMatchObject({ resource: `${edge.origin}/` });
    expect(challengeOf(await ask())).toContain(`"${edge.origin}${wellKnown}"`);
    const transport = sse({ port: 0, signals: false, auth: { issuer } });
    await transport.start(host);
    ends.push(() => transport.close());
    const { origin } = new URL(transport.address);
    expect((await get(`${origin}${wellKnown}/sse`)).body).toMatchObject({ resource: transport.address });
  });

  test('is not there without an authorization server', async () => {
    const { edge } = await serve({ verify });
    expect((await get(`${edge.origin}${wellKnown}/mcp`)).status).toBe(404);
  });
});

describe('a stream that outlives its token', () => {
  const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const expiring = (): AuthOptions => ({
    verify: () => ({ subject: 'ada', expiresAt: Date.now() / 1000 + 0.6 }),
  });
  const initialize = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  };

  async function start(make: typeof streamableHttp | typeof sse): Promise<string> {
    const transport = make({ port: 0, signals: false, auth: expiring() });
    await transport.start(host);
    ends.push(() => transport.close());
    return transport.address;
  }

  /** How long the answer of a request goes on, in milliseconds. */
  async function lengthOf(url: string, init: RequestInit): Promise<number> {
    const begun = performance.now();
    const response = await fetch(url, { ...init, headers: { ...bearer('x'), ...init.headers } });
    expect(response.status).toBe(200);
    await response.text().catch(() => {});
    return performance.now() - begun;
  }

  test('is ended with it: the stream of SSE', async () => {
    const length = await lengthOf(await start(sse), { headers: { accept: 'text/event-stream' } });
    expect(length).toBeGreaterThan(400);
    expect(length).toBeLessThan(5000);
    await until(() => host.open === 0);
  });

  test('the GET of a legacy session; the session and its calls go on', async () => {
    const url = await start(streamableHttp);
    const begun = await raw(url, { headers: { ...json, ...bearer('x') }, body: JSON.stringify(initialize) });
    const session = { ...json, 'mcp-session-id': String(begun.headers['mcp-session-id']) };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'wait' } });
    const waiting = raw(url, { headers: { ...session, ...bearer('x') }, body });
    await until(() => host.waits.begun === 1);
    expect(await lengthOf(url, { headers: session })).toBeLessThan(5000);
    host.release();
    expect((await waiting).text).toContain('"result"');
  });

  test('the POST with which a modern client listens', async () => {
    const url = await start(streamableHttp);
    const revision = '2026-07-28';
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': revision,
      'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const params = { notifications: { toolsListChanged: true }, _meta };
    const length = await lengthOf(url, {
      method: 'POST',
      headers: { ...json, 'mcp-protocol-version': revision, 'mcp-method': 'subscriptions/listen' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params }),
    });
    expect(length).toBeGreaterThan(400);
    expect(length).toBeLessThan(5000);
  });
});

describe('options that cannot work are refused, without their secrets', () => {
  const introspection = { clientId: 'me', clientSecret: 'hidden' };
  const listed: [string, AuthOptions, EdgeOptions?][] = [
    ['auth.issuer', { issuer: 'http://login.example' }],
    ['auth.issuer', { issuer: 'login.example' }],
    ['auth.issuer', { issuer: `${issuer}?tenant=1` }],
    ['auth.issuer', { verify, issuer: 'http://login.example' }],
    ['auth.audience', { issuer, audience: '' }],
    ['auth.scopes', { issuer, scopes: ['two words'] }],
    ['auth.scopes', { issuer, scopes: ['quo"te'] }],
    ['auth.header', { verify, header: 'x api key' }],
    ['auth.introspection', { issuer, introspection: { ...introspection, clientId: '' } }],
    [
      'auth.introspection.endpoint',
      { issuer, introspection: { ...introspection, endpoint: 'http://a.example' } },
    ],
    ['auth.introspection.cache', { issuer, introspection: { ...introspection, cache: -1 } }],
    ['publicUrl', { issuer }, { publicUrl: '/mcp' }],
    ['publicUrl', { issuer }, { publicUrl: 'https://a.example/mcp?x="' }],
    ['Clients elsewhere', { issuer }, { host: '0.0.0.0', allowedHosts: ['a.example'] }],
  ];
  test.each(listed)('%s: %j', (message, auth, options = {}) => {
    const make = () => new HttpEdge('test()', { port: 0, auth, ...options }, { '/mcp': {} });
    expect(make).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    );
    expect(make).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hidden') }));
  });
});
