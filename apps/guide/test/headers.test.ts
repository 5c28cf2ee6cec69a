import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { afterEach, expect, test } from '@jest/globals';
import { RecordedLog } from '@reprise/testing';
import { Input } from '../src/input.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

test('an argument is repeated in a header, and both are compared', async () => {
  const transport = streamableHttp({ port: 0, signals: false });
  const server = new Input({ logger: new RecordedLog() });
  await server.start(transport);
  ends.push(() => server.stop());

  const sent: RequestInit[] = [];
  const watching = (url: string | URL, init?: RequestInit) => {
    sent.push(init ?? {});
    return fetch(url, init);
  };
  const client = new Client(
    { name: 'reader', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(transport.address), { fetch: watching }));
  ends.push(() => client.close());
  await client.listTools(); // where a client reads which arguments are marked

  const args = { branch: 'Harbour', isbn: '0141439580' };
  const { content } = await client.callTool({ name: 'collect', arguments: args });
  expect(content).toEqual([{ type: 'text', text: '0141439580 lies ready in Harbour' }]);
  const call = sent.at(-1);
  const headers = new Headers(call?.headers);
  expect(headers.get('mcp-param-branch')).toBe('Harbour');
  expect(headers.has('mcp-param-isbn')).toBe(false);

  headers.set('mcp-param-branch', 'Hill');
  const lied = await fetch(transport.address, { ...call, headers });
  expect([lied.status, await lied.json()]).toMatchObject([400, { error: { code: -32020 } }]);
});
