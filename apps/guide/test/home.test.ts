import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { RecordedLog } from '@reprise/testing';
import { calls, Railway } from '../src/home.js';

interface Told {
  from: 'client' | 'server';
  body: Record<string, unknown>;
}
type Conversation = Record<'legacy' | 'modern', { messages: Told[] }>;

const file = new URL('../../../docs/.vitepress/theme/conversation.json', import.meta.url);
// the file is the home page's own; every message of it is compared below
const conversation = JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as Conversation;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Books a seat over HTTP, and returns all that travelled for it, in order. */
async function book(versionNegotiation: object): Promise<{ said: Told[]; answer: unknown }> {
  const server = new Railway({ logger: new RecordedLog() });
  const http = streamableHttp({ port: 0 });
  await server.start(http);
  ends.push(() => server.stop());
  const said: Told[] = [];
  const client = new Client(
    { name: 'home', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, ...versionNegotiation },
  );
  ends.push(() => client.close());
  let asked = 0;
  client.setRequestHandler('elicitation/create', () => {
    const content: Record<string, string> = asked++ === 0 ? { value: '7A' } : {};
    return { action: 'accept', content };
  });
  const transport = new StreamableHTTPClientTransport(new URL(http.address));
  await client.connect(transport);
  overhear(transport, said);
  const answer = await client.callTool({ name: 'seat', arguments: {} });
  return { said, answer };
}

function overhear(transport: StreamableHTTPClientTransport, said: Told[]): void {
  const { send, onmessage } = transport;
  transport.send = async (message, options) => {
    said.push({ from: 'client', body: { ...message } });
    await send.call(transport, message, options);
  };
  transport.onmessage = (message) => {
    said.push({ from: 'server', body: { ...message } });
    onmessage?.(message);
  };
}

/** `'…'` stands for whatever is there, as a name and as a value. */
function expectShown(real: unknown, shown: unknown): void {
  if (shown === '…') return expect(real).toBeDefined();
  if (typeof shown !== 'object' || shown === null) return expect(real).toEqual(shown);
  for (const [name, part] of Object.entries(shown)) {
    // an object was shown, so an object must be there: anything else fails in the comparison
    const whole = (real ?? {}) as Record<string, unknown>;
    expectShown(name === '…' ? Object.values(whole)[0] : whole[name], part);
  }
}

test.each([
  ['legacy', {}],
  ['modern', { versionNegotiation: { mode: { pin: '2026-07-28' } } }],
] as const)('what the home page shows of %s is what travels', async (era, negotiation) => {
  calls.length = 0;
  const { said, answer } = await book(negotiation);
  expect(said.map(({ from }) => from)).toEqual(conversation[era].messages.map(({ from }) => from));
  for (const [index, { body }] of conversation[era].messages.entries()) expectShown(said[index]?.body, body);
  expect(answer).toMatchObject({ content: [{ text: 'Booked: seat 7A.' }] });
  expect(calls).toEqual(['hold 7A', 'book H-7A']);
});
