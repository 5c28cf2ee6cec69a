import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  Client as ClientV2,
  ClientCredentialsProvider as ProviderV2,
  SSEClientTransport as SseV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { ClientCredentialsProvider as ProviderV1 } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type Context, Ctx, McpServer, Scopes, Server, Tool } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import { sse } from '@reprise/transport-sse';
import { streamableHttp } from '@reprise/transport-streamable-http';
import type { AuthOptions } from '@reprise/http-edge';
import { connectClient, type ClientKind } from '../support/clients.js';
import { raw, type RawAnswer } from '../support/raw-http.js';
import { AuthorizationServer } from './support/authorization-server.js';

const logged: string[] = [];
const logger = { log: (...line: unknown[]) => void logged.push(JSON.stringify(line)) };

@Server({ name: 'trip-desk', version: '1.0.0' })
class TripDesk extends McpServer {
  @Tool() whoami(@Ctx() { principal }: Context) {
    return JSON.stringify(principal);
  }
  @Tool() @Scopes('trips:write') book() {
    return 'booked';
  }
  @Tool() async asks(@Ctx() ctx: Context) {
    return `${await ctx.confirm('Sure?')} ${ctx.principal?.clientId}`;
  }
}

type Wire = 'http' | 'sse';
const wires = { http: streamableHttp, sse };
const kinds: [Wire, ClientKind][] = [
  ['http', 'v1'],
  ['http', 'v2 legacy'],
  ['http', 'v2 modern'],
  ['sse', 'v1'],
  ['sse', 'v2 legacy'],
];

let jwts: AuthorizationServer;
let opaque: AuthorizationServer;
beforeAll(async () => {
  [jwts, opaque] = await Promise.all([
    AuthorizationServer.start(),
    AuthorizationServer.start({ format: 'opaque' }),
  ]);
});
afterAll(() => Promise.all([jwts.stop(), opaque.stop()]));

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function serve(wire: Wire, auth: AuthOptions): Promise<string> {
  const server = new TripDesk({ logger });
  const transport: Transport = wires[wire]({ port: 0, signals: false, auth });
  await server.start(transport);
  ends.push(() => server.stop());
  return transport.address;
}

const scopes = ['trips:read'];
const viaJwt = () => ({ issuer: jwts.issuer, scopes });
const viaIntrospection = (cache = 0) => ({
  issuer: opaque.issuer,
  scopes,
  introspection: { ...opaque.resourceServer, cache },
});

async function connect([wire, kind]: [Wire, ClientKind], address: string, token: () => string) {
  const url = new URL(address);
  const withToken = (input: string | URL | Request, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token()}`);
    return fetch(input, { ...init, headers });
  };
  const client = await connectClient(kind, {
    v1: () =>
      wire === 'sse'
        ? new SseV1(url, { fetch: withToken, eventSourceInit: { fetch: withToken } })
        : new HttpV1(url, { fetch: withToken }),
    v2: () => (wire === 'sse' ? new SseV2(url, { fetch: withToken }) : new HttpV2(url, { fetch: withToken })),
  });
  ends.push(() => client.close().catch(() => {}));
  return client;
}

/** One request that needs no session: the modern call of a tool, or on SSE the opening of the stream. */
function call(address: string, token?: string, name = 'whoami'): Promise<RawAnswer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const revision = '2026-07-28';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return raw(address, {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': revision,
      'mcp-method': 'tools/call',
      'mcp-name': name,
      ...authorization,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: {}, _meta },
    }),
  });
}

const challengeOf = ({ headers }: RawAnswer): string => String(headers['www-authenticate']);

describe.each(kinds)('over %s, %s', (...at) => {
  test('a token of the authorization server lets in, and handlers know whose it is', async () => {
    const url = await serve(at[0], viaJwt());
    const token = await jwts.token({ resource: url });
    const client = await connect(at, url, () => token);
    expect(JSON.parse(await client.call('whoami'))).toEqual({
      id: JSON.stringify([jwts.issuer, 'agent', 'agent']),
      subject: 'agent',
      clientId: 'agent',
      scopes: ['trips:read'],
      claims: expect.objectContaining({ iss: jwts.issuer, aud: url, sub: 'agent' }),
    });
    expect(await client.call('asks')).toBe('true agent');
    expect(logged.join()).not.toContain(token.slice(-20));
  });

  test('a step up: what the scope does not cover is refused, a token with more gets it', async () => {
    const url = await serve(at[0], viaJwt());
    let token = await jwts.token({ resource: url });
    const client = await connect(at, url, () => token);
    await expect(client.call('book')).rejects.toThrow(/insufficient_scope|403|scope/i);
    token = await jwts.token({ resource: url, scope: 'trips:read trips:write' });
    expect(await client.call('book')).toBe('booked');
  });

  test('opaque tokens by introspection; a revoked one is refused with the next request', async () => {
    const url = await serve(at[0], viaIntrospection());
    const token = await opaque.token({ resource: url });
    expect(token).not.toContain('.');
    const client = await connect(at, url, () => token);
    expect(JSON.parse(await client.call('whoami'))).toMatchObject({
      clientId: 'agent',
      scopes: ['trips:read'],
    });
    await opaque.revoke(token);
    await expect(client.call('whoami')).rejects.toThrow();
  });

  test('no client comes in without a token', async () => {
    const url = await serve(at[0], viaJwt());
    await expect(connect(at, url, () => 'none.of.these')).rejects.toThrow();
  });
});

describe.each([
  ['http', 'v1'],
  ['http', 'v2 legacy'],
  ['http', 'v2 modern'],
  ['sse', 'v1'],
  ['sse', 'v2 legacy'],
] as const)('a client that only knows the address, over %s, %s', (wire, kind) => {
  test('finds the authorization server, and gets its token there', async () => {
    const url = new URL(await serve(wire, viaJwt()));
    const { clientId, clientSecret } = jwts.agent;
    // The first SDK does not take the scope of our challenge over when there is no user to ask.
    const authProvider = new ProviderV1({ clientId, clientSecret, scope: 'trips:read' });
    const expected = new ProviderV2({ clientId, clientSecret, expectedIssuer: jwts.issuer });
    const client = await connectClient(kind, {
      v1: () => (wire === 'sse' ? new SseV1(url, { authProvider }) : new HttpV1(url, { authProvider })),
      v2: () =>
        wire === 'sse'
          ? new SseV2(url, { authProvider: expected })
          : new HttpV2(url, { authProvider: expected }),
    });
    ends.push(() => client.close());
    expect(JSON.parse(await client.call('whoami'))).toMatchObject({
      clientId: 'agent',
      scopes: ['trips:read'],
      claims: { aud: url.href },
    });
  });
});

test('the client of the SDK steps up by itself on the 403', async () => {
  const url = new URL(await serve('http', viaJwt()));
  const authProvider = new ProviderV2({ ...jwts.agent, expectedIssuer: jwts.issuer });
  const client = new ClientV2(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new HttpV2(url, { authProvider }));
  ends.push(() => client.close());
  expect(await client.callTool({ name: 'book', arguments: {} })).toMatchObject({
    content: [{ text: 'booked' }],
  });
});

describe('the life of tokens', () => {
  test('a user by authorization code and PKCE: the subject is the user, not the app', async () => {
    const url = await serve('http', viaJwt());
    const { text, status } = await call(url, await jwts.userToken({ resource: url }));
    expect(status).toBe(200);
    const { result } = JSON.parse(text);
    expect(JSON.parse(result.content[0].text)).toMatchObject({ subject: 'ada', clientId: 'app' });
  });

  test('another audience is refused', async () => {
    const url = await serve('http', viaJwt());
    for (const resource of ['https://elsewhere.example/mcp', undefined]) {
      const answer = await call(url, await jwts.token({ ...(resource && { resource }) }));
      expect([answer.status, challengeOf(answer)]).toEqual([
        401,
        expect.stringContaining('error="invalid_token"'),
      ]);
    }
    const introspected = await serve('http', viaIntrospection());
    expect((await call(introspected, await opaque.token({ resource: url }))).status).toBe(401);
  });

  test('an expired token is refused, and the client told so', async () => {
    const brief = await AuthorizationServer.start({ ttl: 1, format: 'opaque' });
    ends.push(() => brief.stop());
    const url = await serve('http', { issuer: brief.issuer, introspection: brief.resourceServer });
    const token = await brief.token({ resource: url });
    expect((await call(url, token)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const answer = await call(url, token);
    expect([answer.status, challengeOf(answer)]).toEqual([401, expect.stringContaining('invalid_token')]);
  });

  test('new keys are found with the first token they signed, old ones are forgotten with them', async () => {
    const url = await serve('http', viaJwt());
    const before = await jwts.token({ resource: url });
    expect((await call(url, before)).status).toBe(200);
    await jwts.rotateKeys();
    const after = await jwts.token({ resource: url });
    jwts.asked.length = 0;
    const many = await Promise.all([1, 2, 3, 4].map(() => call(url, after)));
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(jwts.asked).toEqual(['GET /jwks']);
    expect((await call(url, before)).status).toBe(401);
  });

  test('the answer of an introspection is kept only if that is asked for', async () => {
    for (const cache of [0, 60_000]) {
      const url = await serve('http', viaIntrospection(cache));
      const token = await opaque.token({ resource: url });
      await call(url, token);
      await opaque.revoke(token);
      expect((await call(url, token)).status).toBe(cache === 0 ? 401 : 200);
    }
  });
});

describe('what belongs to a principal', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  };
  const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

  test('a legacy session is not there for another principal, in no method; for a new token of its own it is', async () => {
    const url = await serve('http', viaJwt());
    const bearer = async (client: 'agent' | 'other-agent', scope = 'trips:read') => ({
      authorization: `Bearer ${await jwts.token({ resource: url, client, scope })}`,
    });
    const mine = await bearer('agent');
    const begun = await raw(url, { headers: { ...json, ...mine }, body: JSON.stringify(initialize) });
    const session = { ...json, 'mcp-session-id': String(begun.headers['mcp-session-id']) };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const theirs = await bearer('other-agent');
    for (const method of ['POST', 'GET', 'DELETE'])
      expect(
        await raw(url, { method, headers: { ...session, ...theirs }, ...(method === 'POST' && { body }) }),
      ).toMatchObject({ status: 404, error: { message: 'Session not found' } });
    const more = await bearer('agent', 'trips:read trips:write');
    expect((await raw(url, { headers: { ...session, ...more }, body })).status).toBe(200);
    for (const method of ['POST', 'GET', 'DELETE'])
      expect((await raw(url, { method, headers: session, ...(method === 'POST' && { body }) })).status).toBe(
        401,
      );
  });

  test('so is the stream of an SSE client', async () => {
    const url = await serve('sse', viaJwt());
    const [mine, theirs] = await Promise.all([
      jwts.token({ resource: url }),
      jwts.token({ resource: url, client: 'other-agent' }),
    ]);
    const leave = new AbortController();
    ends.push(async () => leave.abort());
    const headers = { authorization: `Bearer ${mine}`, accept: 'text/event-stream' };
    const stream = await fetch(url, { headers, signal: leave.signal });
    const { value } = await stream.body!.getReader().read();
    const endpoint = /data: (\S+)/.exec(new TextDecoder().decode(value))?.[1] ?? '';
    const post = (token?: string) =>
      raw(new URL(endpoint, url).href, {
        headers: { ...json, ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(initialize),
      });
    expect((await post(theirs)).status).toBe(404);
    expect((await post()).status).toBe(401);
    expect((await post(mine)).status).toBe(202);
  });

  test('a sealed state is worth nothing to another principal', async () => {
    const url = await serve('http', viaJwt());
    const ask = async (client: 'agent' | 'other-agent', more: object = {}) => {
      const token = await jwts.token({ resource: url, client });
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
      };
      const answer = await raw(url, {
        headers: {
          ...json,
          authorization: `Bearer ${token}`,
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': 'tools/call',
          'mcp-name': 'asks',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'asks', arguments: {}, _meta, ...more },
        }),
      });
      return JSON.parse(answer.text);
    };
    const { result } = await ask('agent');
    const [key = ''] = Object.keys(result.inputRequests);
    const answered = {
      requestState: result.requestState,
      inputResponses: { [key]: { action: 'accept', content: {} } },
    };
    expect((await ask('other-agent', answered)).error).toMatchObject({ code: -32602 });
    expect((await ask('agent', answered)).result.content[0].text).toBe('true agent');
  });
});
