import { afterEach, expect, test } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Context, Ctx, McpServer, Scopes, Server, Tool } from '@reprise/core';
import { RecordedLog } from '@reprise/testing';
import { HttpStore } from '../src/fleet/key-value-store.js';
import { fleetLedger } from '../src/fleet/fleet-ledger.js';
import { FetchTransport } from '../src/serverless/fetch-transport.js';
import { serverless } from '../src/serverless/function.js';
import { airline, store } from './support/fleet.js';

process.env['REPRISE_LOG_LEVEL'] = 'error';
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const modern = { versionNegotiation: { mode: { pin: '2026-07-28' as const } } };

async function clientOf(
  serve: (request: Request) => Promise<Response>,
  negotiation: object,
): Promise<Client> {
  const client = new Client(
    { name: 'function', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, ...negotiation },
  );
  client.setRequestHandler('elicitation/create', ({ params }) => ({
    action: 'accept',
    content: params.message === 'Where to?' ? { value: 'Oslo' } : ({} as Record<string, string>),
  }));
  const url = new URL('https://functions.example/mcp');
  await client.connect(
    new StreamableHTTPClientTransport(url, { fetch: (to, init) => serve(new Request(to, init)) }),
  );
  ends.push(() => client.close());
  return client;
}

// #region cold
test('every request meets a cold instance, and each step runs once', async () => {
  const [company, memory] = await Promise.all([airline(), store()]);
  ends.push(company.close, memory.close);
  const cold = () =>
    serverless({
      airline: company.url,
      stateKey: 'a-secret-of-the-platform-with-32-bytes',
      ledger: fleetLedger(new HttpStore(memory.url)),
    });
  const client = await clientOf((request) => cold()(request), modern);
  const answer = await client.callTool({ name: 'fly', arguments: {} });
  expect(answer.content).toEqual([{ type: 'text', text: 'book/Oslo done.' }]);
  expect(company.orders).toEqual(['hold/Oslo', 'book/Oslo']);
});
// #endregion cold

@Server({ name: 'function', version: '1.0.0' })
class Function extends McpServer {
  @Tool()
  who(@Ctx() { principal, era }: Context): string {
    return `${principal?.clientId ?? 'nobody'}, ${era}`;
  }

  @Tool()
  async work(@Ctx() ctx: Context): Promise<string> {
    for (const part of [1, 2]) await ctx.reportProgress(part, 2);
    return 'done';
  }

  @Tool()
  async ask(@Ctx() ctx: Context): Promise<string> {
    return (await ctx.confirm('Sure?')) ? 'yes' : 'no';
  }
}

async function served() {
  const transport = new FetchTransport();
  const server = await new Function({ logger: new RecordedLog() }).start(transport);
  ends.push(() => server.stop());
  return { transport, server };
}

test('who was authenticated by the platform is the principal', async () => {
  const { transport } = await served();
  const authInfo = { token: 't', clientId: 'gateway', scopes: [] };
  const client = await clientOf((request) => transport.fetch(request, authInfo), modern);
  expect((await client.callTool({ name: 'who', arguments: {} })).content).toEqual([
    { type: 'text', text: 'gateway, modern' },
  ]);
});

test.each([modern, {}])('progress is on the stream of the answer, %j', async (negotiation) => {
  const { transport } = await served();
  const client = await clientOf((request) => transport.fetch(request), negotiation);
  const seen: number[] = [];
  const onprogress = ({ progress }: { progress: number }) => seen.push(progress);
  await client.callTool({ name: 'work', arguments: {} }, { onprogress });
  expect(seen).toEqual([1, 2]);
});

test('legacy clients can call what asks nothing, and are told where it does', async () => {
  const { transport, server } = await served();
  const client = await clientOf((request) => transport.fetch(request), {});
  expect((await client.callTool({ name: 'who', arguments: {} })).content).toEqual([
    { type: 'text', text: 'nobody, legacy' },
  ]);
  expect(await client.callTool({ name: 'ask', arguments: {} })).toMatchObject({ isError: true });
  await server.stop();
  expect((await transport.fetch(new Request('https://functions.example/mcp'))).status).toBe(503);
});

@Server({ name: 'scoped', version: '1.0.0' })
class Scoped extends McpServer {
  @Scopes('secret')
  @Tool()
  secret(): string {
    return 'the secret';
  }
}

test('scopes hold, also where nobody is', async () => {
  const transport = new FetchTransport();
  const server = await new Scoped({ logger: new RecordedLog() }).start(transport);
  ends.push(() => server.stop());
  const as = (scopes: string[]) =>
    clientOf((request) => transport.fetch(request, { token: 't', clientId: 'c', scopes }), modern);
  expect((await (await as(['secret'])).listTools()).tools).toHaveLength(1);
  await expect((await as([])).callTool({ name: 'secret', arguments: {} })).rejects.toThrow();
  await expect(clientOf((request) => transport.fetch(request), modern)).rejects.toThrow();
});
