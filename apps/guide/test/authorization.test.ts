import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { McpServer } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import { RecordedLog } from '@reprise/testing';
import { AuthorizationServer } from '../../../packages/http-edge/test/auth/support/authorization-server.js';
import {
  behindProxy,
  Branches,
  digest,
  overBoth,
  withKeys,
  withOpaqueTokensOf,
  withTokensOf,
} from '../src/authorization/http.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

let issuer: AuthorizationServer;
beforeEach(async () => {
  issuer = await AuthorizationServer.start({ scopes: 'library:read' });
  ends.push(() => issuer.stop());
});

async function serve(transport: Transport): Promise<URL> {
  const server = new Branches({ logger: new RecordedLog() });
  await server.start(transport);
  ends.push(() => server.stop());
  return new URL(transport.address);
}

async function connect(url: URL, headers: Record<string, string>): Promise<Client> {
  const client = new Client({ name: 'reader', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  ends.push(() => client.close());
  return client;
}

test('one line: tokens of an issuer', async () => {
  const url = await serve(withTokensOf(issuer.issuer, 0));
  const token = await issuer.token({ resource: url.href, scope: 'library:read' });
  const client = await connect(url, { authorization: `Bearer ${token}` });
  expect(await client.callTool({ name: 'whoami', arguments: {} })).toMatchObject({
    content: [{ text: 'agent, by agent, may library:read' }],
  });
  await expect(connect(url, {})).rejects.toThrow();
});

test('API keys, and what tenants see with them', async () => {
  const keys = new Map([
    [digest('n-1'), { owner: 'ada', branch: 'north' }],
    [digest('s-1'), { owner: 'ben', branch: 'south' }],
  ]);
  const url = await serve(withKeys(keys, 0));
  const read = async (key: string) => {
    const { contents } = await (
      await connect(url, { 'x-api-key': key })
    ).readResource({ uri: 'library://books' });
    return contents[0] && 'text' in contents[0] ? contents[0].text : '';
  };
  expect(await read('n-1')).toBe('The Lighthouse');
  expect(await read('s-1')).toBe('Salt and Stars\nGardens');
  await expect(read('x-1')).rejects.toThrow();
});

describe('also', () => {
  test('introspection, and a proxy', () => {
    expect(withOpaqueTokensOf('https://login.example.org', 'secret').name).toBe('streamable-http');
    expect(behindProxy('https://login.example.org').name).toBe('streamable-http');
  });

  test('both transports with one option', async () => {
    class Recorder extends McpServer {
      readonly got: Transport[] = [];
      override start(...transports: Transport[]): Promise<this> {
        this.got.push(...transports);
        return Promise.resolve(this);
      }
    }
    const recorder = new Recorder();
    await overBoth(recorder, 'https://login.example.org');
    expect(recorder.got.map(({ name }) => name)).toEqual(['streamable-http', 'sse']);
  });
});
