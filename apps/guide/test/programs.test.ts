import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { loggerTo } from '../src/server/logging.js';
import { quietLibrary, serveFor } from '../src/server/running.js';
import { behindProxy, overBoth, overHttp, overSse } from '../src/server/transports.js';
import { startOrExplain } from '../src/server/troubleshooting.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const info = { name: 'guide', version: '1.0.0' };
const modern = { versionNegotiation: { mode: { pin: '2026-07-28' as const } } };

/** The program of the README as it was built: `npm test` builds first. */
test.each([{}, modern])(
  'the first server over stdio, %j',
  async (negotiation) => {
    const client = new Client(info, { capabilities: { elicitation: { form: {} } }, ...negotiation });
    ends.push(() => client.close());
    const asked: string[] = [];
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      const content: Record<string, string> = asked.length === 1 ? { value: '20:30' } : {};
      return { action: 'accept', content };
    });
    const program = fileURLToPath(new URL('../dist/hello.js', import.meta.url));
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [program], stderr: 'ignore' }),
    );
    const answer = await client.callTool({ name: 'reserve', arguments: { name: 'Ada', guests: 2 } });
    const [, table] = /Table (\d+)/.exec(asked[1] ?? '') ?? [];
    expect(asked).toEqual(['At what time?', `Table ${table} is yours. A glass on arrival?`]);
    expect(answer.content).toEqual([
      { type: 'text', text: `Table ${table} for 2, 20:30, in the name of Ada, with a glass.` },
    ]);
  },
  20_000,
);

/** Where a server says that it serves. */
function addressesIn(lines: readonly string[]): URL[] {
  return lines
    .flatMap((line) => /"address":"(http[^"]+)"/.exec(line)?.[1] ?? [])
    .map((text) => new URL(text));
}

async function ring(transport: SSEClientTransport | StreamableHTTPClientTransport): Promise<unknown> {
  const client = new Client(info);
  await client.connect(transport);
  ends.push(() => client.close());
  return (await client.callTool({ name: 'ring', arguments: {} })).content;
}

const greeting = [{ type: 'text', text: 'Good morning.' }];

test('over Streamable HTTP, over SSE, over both at once', async () => {
  const lines: string[] = [];
  const library = () => quietLibrary(loggerTo(lines));
  for (const server of [overHttp(library(), 0), overSse(library(), 0), overBoth(library(), 0, 0)]) {
    const started = await server;
    ends.push(() => started.stop());
  }
  const addresses = addressesIn(lines);
  expect(addresses.map(({ pathname }) => pathname).sort()).toEqual(['/mcp', '/mcp', '/sse', '/sse']);
  for (const url of addresses) {
    const isSse = url.pathname === '/sse';
    expect(await ring(isSse ? new SSEClientTransport(url) : new StreamableHTTPClientTransport(url))).toEqual(
      greeting,
    );
  }
});

test('on all addresses the public names are checked', async () => {
  const lines: string[] = [];
  const server = quietLibrary(loggerTo(lines));
  const transport = behindProxy(0);
  await server.start(transport);
  ends.push(() => server.stop());
  expect(lines[0]).toMatch(/^info serving .*mcp\.example\.org/);
  const { port } = new URL(transport.address);
  const response = await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST' });
  expect(response.status).toBe(403); // the Host header says 127.0.0.1
});

test('start, work, stop', async () => {
  const transport = streamableHttp({ port: 0, signals: false });
  await serveFor(transport, async () => {
    const client = new StreamableHTTPClientTransport(new URL(transport.address));
    expect(await ring(client)).toEqual(greeting);
    await ends.pop()?.();
  });
  await expect(fetch(transport.address)).rejects.toThrow();
});

test('a taken port is a clear sentence', async () => {
  const lines: string[] = [];
  const server = await overHttp(quietLibrary(loggerTo(lines)), 0);
  ends.push(() => server.stop());
  const port = Number(addressesIn(lines)[0]?.port);
  expect(await startOrExplain(streamableHttp({ port }))).toMatch(
    new RegExp(`^ADDRESS_IN_USE: streamableHttp\\(\\): Port ${port} on 127.0.0.1 is taken`),
  );
});
