import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { airline, type Listening, loadBalancer, type Replica, replica, store } from './support/fleet.js';

const key = 'a-key-of-the-fleet-with-32-bytes-or-more';
const ends: (() => Promise<unknown>)[] = [];
let company: Awaited<ReturnType<typeof airline>>;
let memory: Listening;

beforeEach(async () => {
  [company, memory] = await Promise.all([airline(), store()]);
  ends.push(company.close, memory.close);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(stateKey = key): Promise<Replica> {
  const started = await replica({
    REPRISE_STATE_KEY: stateKey,
    AIRLINE_URL: company.url,
    STORE_URL: memory.url,
  });
  ends.push(started.kill);
  return started;
}

async function join(url: string, era: 'legacy' | 'modern' = 'modern'): Promise<Client> {
  const client = new Client(
    { name: 'fleet', version: '1.0.0' },
    {
      capabilities: { elicitation: { form: {} } },
      ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    },
  );
  client.setRequestHandler('elicitation/create', ({ params }) => ({
    action: 'accept',
    content: params.message === 'Where to?' ? { value: 'Rome' } : ({} as Record<string, string>),
  }));
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  ends.push(() => client.close());
  return client;
}

interface Round {
  requestState: string;
  inputRequests: Record<string, unknown>;
}

/** One request, without the client going on by itself. */
async function round(client: Client, before?: Round, value = 'Rome'): Promise<Round> {
  const response = { action: 'accept', content: { value } };
  const answers = before && {
    requestState: before.requestState,
    inputResponses: Object.fromEntries(Object.keys(before.inputRequests).map((name) => [name, response])),
  };
  const request = { method: 'tools/call', params: { name: 'fly', arguments: {}, ...answers } };
  // the types of the client know complete results only
  return (await client.request(request as never, { allowInputRequired: true } as never)) as never;
}

// #region fleet
test('rounds of a modern call meet any replica, and each step runs once', async () => {
  const balancer = await loadBalancer(await Promise.all([start(), start()]), false);
  ends.push(balancer.close);
  const client = await join(balancer.url);
  const answer = await client.callTool({ name: 'fly', arguments: {} });
  expect(answer.content).toEqual([{ type: 'text', text: 'book/Rome done.' }]);
  const calls = balancer.served.filter(({ method }) => method === 'tools/call').map(({ replica }) => replica);
  expect(calls).toHaveLength(3);
  expect(new Set(calls).size).toBe(2);
  expect(company.orders).toEqual(['hold/Rome', 'book/Rome']);
});
// #endregion fleet

test('the same round at two replicas at once runs once; with another answer it is refused', async () => {
  const [one, two] = await Promise.all([start(), start()]);
  const [first, second] = await Promise.all([join(one.url), join(two.url)]);
  const asked = await round(first);
  const [here, there] = await Promise.all([round(first, asked), round(second, asked)]);
  expect(there.requestState).toBe(here.requestState);
  expect(company.orders).toEqual(['hold/Rome']);
  await expect(round(second, asked, 'Oslo')).rejects.toThrow('Invalid or expired requestState');
});

test('a replica dies between two rounds; one with another key cannot go on', async () => {
  const [dying, other, stranger] = await Promise.all([
    start(),
    start(),
    start('another-key-that-has-32-bytes-or-more!'),
  ]);
  const asked = await round(await join(dying.url));
  await dying.kill();
  await expect(round(await join(stranger.url), asked)).rejects.toThrow('Invalid or expired requestState');
  expect((await round(await join(other.url), asked)).inputRequests).toBeDefined();
  expect(company.orders).toEqual(['hold/Rome']);
});

test('legacy sessions need a balancer that keeps them where they began', async () => {
  const replicas = await Promise.all([start(), start()]);
  const sticky = await loadBalancer(replicas, true);
  const plain = await loadBalancer(replicas, false);
  ends.push(sticky.close, plain.close);
  const client = await join(sticky.url, 'legacy');
  const answer = await client.callTool({ name: 'fly', arguments: {} });
  expect(answer.content).toEqual([{ type: 'text', text: 'book/Rome done.' }]);
  await expect(join(plain.url, 'legacy')).rejects.toThrow();
});
