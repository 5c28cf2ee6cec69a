import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpEdge, type EdgeOptions } from '@reprise/http-edge';
import { exportJWK, generateKeyPair } from 'jose';
import { raw } from '../support/raw-http.js';
import { TestHost } from '../support/test-host.js';
import { CrookedIssuer, reply } from './support/crooked-issuer.js';

let host: TestHost;
let issuer: CrookedIssuer;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  host = new TestHost();
  issuer = await CrookedIssuer.start();
  ends.push(() => issuer.stop());
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function serve(auth: Partial<EdgeOptions['auth'] & object> = {}) {
  const options = { issuer: issuer.url, audience: issuer.audience, ...auth } as NonNullable<
    EdgeOptions['auth']
  >;
  const edge = new HttpEdge(
    'test()',
    { port: 0, signals: false, auth: options },
    { '/mcp': { POST: ({ res, auth: caller }) => reply(res, caller ?? {}) } },
  );
  await edge.start(host);
  ends.push(() => edge.close());
  return (token?: string) =>
    raw(`${edge.origin}/mcp`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
}

const soon = (): number => Math.floor(Date.now() / 1000);

describe('a signed token', () => {
  test('is good with the right issuer, audience and key', async () => {
    const ask = await serve();
    const answer = await ask(await issuer.token());
    expect(JSON.parse(answer.text)).toMatchObject({
      clientId: 'app',
      scopes: ['a', 'b'],
      extra: { sub: 'ada' },
    });
    expect(
      (await ask(await issuer.token({ claims: { aud: ['https://x.example', issuer.audience] } }))).status,
    ).toBe(200);
    expect((await ask(await issuer.token({ header: { typ: 'at+jwt' } }))).status).toBe(200);
    expect((await ask(await issuer.token({ header: { kid: undefined } as never }))).status).toBe(200);
  });

  test('of servers that write scopes and clients in their own way', async () => {
    const ask = await serve();
    const claims = { client_id: undefined, azp: 'web', scope: undefined, scp: ['c', 'd'] };
    expect(JSON.parse((await ask(await issuer.token({ claims }))).text)).toMatchObject({
      clientId: 'web',
      scopes: ['c', 'd'],
    });
  });

  test.each([
    ['another issuer', { claims: { iss: 'https://elsewhere.example' } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['another audience', { claims: { aud: 'https://mcp.example/' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['expired', { claims: { exp: soon() - 10 } }],
    ['no end', { claims: { exp: undefined } }],
    ['not valid yet', { claims: { nbf: soon() + 60 } }],
    ['made for something else', { header: { typ: 'logout+jwt' } }],
    ['bound to a key', { claims: { cnf: { jkt: 'abc' } } }],
    ['nobody in it', { claims: { sub: undefined, client_id: undefined } }],
  ] as const)('is refused: %s', async (_, forgery) => {
    const ask = await serve();
    // the rows are as const, which a payload is not
    expect((await ask(await issuer.token(forgery as never))).status).toBe(401);
  });

  test('is refused: no signature, the public key as a shared secret, a key of its own', async () => {
    const ask = await serve();
    const good = await issuer.token();
    const [, payload, signature] = good.split('.');
    expect((await ask(`${base64({ alg: 'none' })}.${payload}.`)).status).toBe(401);
    expect((await ask(`${base64({ alg: 'none', kid: 'one' })}.${payload}.${signature}`)).status).toBe(401);
    const key = await issuer.publicKeyAsSecret();
    expect((await ask(await issuer.token({ key, header: { alg: 'HS256' } }))).status).toBe(401);
    const own = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(own.publicKey);
    expect((await ask(await issuer.token({ key: own.privateKey }))).status).toBe(401);
    expect((await ask(await issuer.token({ key: own.privateKey, header: { jwk } }))).status).toBe(401);
    expect(await ask('opaque')).toMatchObject({ status: 401 });
    expect((await ask(good)).status).toBe(200);
  });

  test('a shared secret in the key set is no key either', async () => {
    const secret = new TextEncoder().encode('a secret of thirty-two bytes, it is');
    const k = Buffer.from(secret).toString('base64url');
    issuer.answers['/jwks'] = (_, res) => reply(res, { keys: [{ kty: 'oct', kid: 'one', k, alg: 'HS256' }] });
    const ask = await serve();
    expect((await ask(await issuer.token({ key: secret, header: { alg: 'HS256' } }))).status).toBe(401);
  });

  test('what is wrong with a token stands in the log, without the token, and not in the answer', async () => {
    const ask = await serve();
    const token = await issuer.token({ claims: { aud: 'https://private.example' } });
    const answer = await ask(token);
    expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(/aud|private|issuer/);
    expect(host.logged).toEqual([expect.stringMatching(/^debug A token was refused: .*"aud"/)]);
    expect(host.logged.join()).not.toContain(token.slice(-30));
  });

  test('invented key ids make us look for new keys once in a while only', async () => {
    const ask = await serve();
    await ask(await issuer.token());
    for (let n = 0; n < 5; n += 1) await ask(await issuer.token({ header: { kid: `invented-${n}` } }));
    expect(issuer.asked.filter((path) => path === '/jwks')).toHaveLength(2);
    expect((await ask(await issuer.token())).status).toBe(200);
  });

  test('keys that cannot be fetched again leave the known ones in use', async () => {
    const ask = await serve();
    await ask(await issuer.token());
    issuer.answers['/jwks'] = (_, res) => void res.writeHead(500).end();
    expect((await ask(await issuer.token({ header: { kid: 'invented' } }))).status).toBe(503);
    expect((await ask(await issuer.token())).status).toBe(200);
  });
});

describe('the authorization server is looked for', () => {
  const oauth = '/.well-known/oauth-authorization-server';
  const openid = '/.well-known/openid-configuration';

  test.each(['', '/tenant', '/tenant/'])('in the three places, with issuer path %j', async (path) => {
    const name = issuer.url + path;
    const ask = await serve({ issuer: name });
    const places =
      path === '' ? [oauth, openid] : [`${oauth}/tenant`, `${openid}/tenant`, `/tenant${openid}`];
    if (path === '') issuer.answers[oauth] = (_, res) => void res.writeHead(404).end();
    issuer.answers[places.at(-1) ?? ''] = (_, res) => reply(res, issuer.metadata(name));
    expect((await ask(await issuer.token({ claims: { iss: name } }))).status).toBe(200);
    expect(issuer.asked).toEqual([...places, '/jwks']);
  });

  test('once for many requests, also when it fails, and the operator is told once', async () => {
    const ask = await serve();
    const token = await issuer.token();
    issuer.answers[oauth] = issuer.answers[openid] = (_, res) => void res.writeHead(500).end();
    const answers = await Promise.all([1, 2, 3].map(() => ask(token)));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(answers[0]?.headers).toMatchObject({ 'retry-after': '5' });
    await ask(token);
    expect(issuer.asked).toEqual([oauth, openid]);
    expect(host.logged).toEqual([expect.stringContaining('error Tokens cannot be checked. No metadata of')]);
  });

  test('under its own name: metadata of another issuer is not believed', async () => {
    const ask = await serve();
    issuer.answers[oauth] = (_, res) => reply(res, issuer.metadata('https://honest.example'));
    expect((await ask(await issuer.token())).status).toBe(503);
    expect(host.logged.join()).toMatch(
      /calls its issuer "https:\/\/honest.example".*write auth.issuer exactly so/,
    );
    expect(issuer.asked).toEqual([oauth]);
  });

  test('without following redirects, of metadata nor of keys', async () => {
    const visits: string[] = [];
    const inner = createServer((req, res) => {
      visits.push(req.url ?? '');
      reply(res, issuer.metadata());
    });
    await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => inner.close(resolve)));
    const location = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/internal`;
    const redirect = (_: unknown, res: Parameters<typeof reply>[0]) =>
      void res.writeHead(302, { location }).end();
    issuer.answers[oauth] = issuer.answers[openid] = redirect;
    expect((await (await serve())(await issuer.token())).status).toBe(503);
    delete issuer.answers[oauth];
    issuer.answers['/jwks'] = redirect;
    expect((await (await serve())(await issuer.token())).status).toBe(503);
    expect(visits).toEqual([]);
  });

  test.each([
    ['plain http elsewhere', 'http://keys.example/jwks'],
    ['a file', 'file:///etc/passwd'],
    ['with a password', 'https://a:b@keys.example/jwks'],
    ['nothing', undefined],
    ['a number', 7],
  ])('keys are not fetched from anywhere: %s', async (_, uri) => {
    issuer.answers[oauth] = (__, res) => reply(res, { ...issuer.metadata(), jwks_uri: uri });
    const ask = await serve();
    expect((await ask(await issuer.token())).status).toBe(503);
    expect(host.logged.join()).toContain('no jwks_uri that can be used');
  });

  test.each([
    [
      'endless keys',
      (res: Parameters<typeof reply>[0]) => reply(res, { keys: [], filler: 'x'.repeat(600_000) }),
    ],
    ['keys that are no JSON', (res: Parameters<typeof reply>[0]) => void res.end('<html>')],
    ['a list', (res: Parameters<typeof reply>[0]) => reply(res, [])],
    ['no key set', (res: Parameters<typeof reply>[0]) => reply(res, { keys: 'none' })],
    ['a connection that breaks', (res: Parameters<typeof reply>[0]) => void res.destroy()],
  ])('what it answers is bounded and checked: %s', async (_, answer) => {
    issuer.answers['/jwks'] = (__, res) => answer(res);
    const ask = await serve();
    expect((await ask(await issuer.token())).status).toBe(503);
  });

  test('with patience for five seconds; other requests are answered meanwhile', async () => {
    issuer.answers[oauth] = (_, res) => void res.writeHead(200).write('{');
    const ask = await serve();
    const begun = performance.now();
    const hanging = ask(await issuer.token());
    expect((await ask()).status).toBe(401);
    expect((await hanging).status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(9000);
    expect(host.logged.join()).toContain('no answer within 5000 ms');
  });
});

describe('an introspected token', () => {
  const good = () => ({
    active: true,
    aud: issuer.audience,
    client_id: 'app',
    sub: 'ada',
    scope: 'a',
    exp: soon() + 60,
  });
  const introspection = { clientId: 'me:1', clientSecret: 'pa ss%' };

  test('is good when the server says so; we name ourselves as its form wants', async () => {
    let asked = '';
    issuer.answers['/introspect'] = (req, res) => {
      asked = String(req.headers.authorization);
      reply(res, good());
    };
    const ask = await serve({ introspection });
    expect(JSON.parse((await ask('opaque')).text)).toMatchObject({ extra: { iss: issuer.url, sub: 'ada' } });
    expect(Buffer.from(asked.replace('Basic ', ''), 'base64').toString()).toBe('me%3A1:pa+ss%25');
  });

  test.each([
    ['not active', { active: false }],
    ['active in other words', { active: 'true' }],
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['another audience', { aud: ['x'] }],
    ['no audience', { aud: undefined }],
    ['expired', { exp: soon() - 1 }],
    ['not valid yet', { nbf: soon() + 60 }],
    ['of another type', { token_type: 'DPoP' }],
    ['bound to a key', { cnf: {} }],
  ])('is refused: %s', async (_, part) => {
    issuer.answers['/introspect'] = (__, res) => reply(res, { ...good(), ...part });
    expect((await (await serve({ introspection }))('opaque')).status).toBe(401);
  });

  test('is no fault of the token when the server does not know us', async () => {
    issuer.answers['/introspect'] = (_, res) => void res.writeHead(401).end();
    expect((await (await serve({ introspection }))('opaque')).status).toBe(503);
  });
});

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
