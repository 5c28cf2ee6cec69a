import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { connect } from '../src/demo/connect.js';
import type { ClientKind, DeskClient } from '../src/demo/desk-client.js';
import { Ledger } from '../src/demo/ledger.js';
import { type Endpoint, programOf, ServerProcess } from '../src/demo/server-process.js';
import { agreeable, User } from '../src/demo/user.js';
import { booked, trip } from './support/by-hand.js';
import { mainPath, stateKey } from './support/main-path.js';

jest.setTimeout(60_000); // processes are slow to start on a busy machine

const legacy: readonly ClientKind[] = ['v1', 'v2 legacy'];
const all: readonly ClientKind[] = [...legacy, 'v2 auto', 'v2 pinned 2026-07-28'];

/** SSE has no modern era. */
const cells = [
  ...all.map((kind) => ({ kind, transport: 'stdio' as const })),
  ...legacy.map((kind) => ({ kind, transport: 'sse' as const })),
  ...all.map((kind) => ({ kind, transport: 'streamable-http' as const })),
];

const ledger = new Ledger();
const env = { TRIP_DESK_LEDGER: ledger.file, REPRISE_STATE_KEY: stateKey };
const servers = new Map<Endpoint['transport'], ServerProcess>();

beforeAll(async () => {
  for (const transport of ['sse', 'streamable-http'] as const)
    servers.set(transport, await ServerProcess.start(mainPath, transport, { env }));
});

afterAll(async () => {
  for (const server of servers.values()) await server.kill();
  ledger.remove();
});

function endpointOf(transport: Endpoint['transport']): Endpoint {
  if (transport === 'stdio')
    return { transport, program: programOf(mainPath, ['--transport', 'stdio'], env) };
  const server = servers.get(transport);
  if (!server) throw new Error(`No server for ${transport}.`);
  return server.endpoint;
}

describe.each(cells)('$kind over $transport', ({ kind, transport }) => {
  const user = new User();
  const isLegacy = legacy.includes(kind);
  let client: DeskClient;

  beforeAll(async () => {
    client = await connect(kind, endpointOf(transport), user);
  });

  afterAll(() => client.close());

  beforeEach(() => {
    ledger.clear();
    user.asked.length = 0;
    user.script = agreeable;
  });

  const questions = () => user.asked.map(({ question }) => question.message);

  /** How many requests a call took. */
  async function roundsOf(call: () => Promise<unknown>): Promise<number> {
    const before = client.toolCalls;
    await call();
    return client.toolCalls - before;
  }

  test('speaks the era it is for', () => {
    expect(client.era).toBe(isLegacy ? 'legacy' : 'modern');
  });

  test('books: the same words, each step once', async () => {
    const rounds = await roundsOf(async () => {
      expect(await client.call('book', trip)).toEqual({ text: booked, isError: false });
    });
    expect(rounds).toBe(isLegacy ? 1 : 3);
    expect(questions()).toEqual(['Who travels?', '405 € for 3 nights. Book it?']);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test.each(['decline', 'cancel'] as const)(
    'books nothing when the first form is answered %s',
    async (action) => {
      user.script = () => ({ action });
      expect((await client.call('book', trip)).text).toBe('Nothing booked.');
      expect(questions()).toEqual(['Who travels?']);
      expect(ledger.read()).toEqual([]);
    },
  );

  test('gives the seats back when the price is too high', async () => {
    user.script = (question) =>
      question.message.endsWith('Book it?') ? { action: 'decline' } : agreeable(question);
    expect((await client.call('book', trip)).text).toBe('Nothing booked.');
    expect(ledger.read()).toEqual(['hold', 'release']);
  });

  test('asks again what cannot be used, with the reason', async () => {
    let tries = 0;
    user.script = (question) => {
      const answer = agreeable(question);
      const isFirst = question.fields.includes('name') && tries++ === 0;
      // a client's own check of the form lets this through; the desk's does not
      return isFirst ? { action: 'accept', content: { name: 'Ada', email: 'ada@nowhere' } } : answer;
    };
    expect((await client.call('book', trip)).text).toBe(booked);
    expect(questions()).toEqual([
      'Who travels?',
      expect.stringMatching(/^Who travels\?\n\n.*email/),
      '405 € for 3 nights. Book it?',
    ]);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('asks two questions in one round', async () => {
    const rounds = await roundsOf(async () => {
      const { text } = await client.call('comfort', { ticket: 'T-1' });
      expect(text).toBe('Ticket T-1: aisle seat, vegetarian to eat.');
    });
    expect(rounds).toBe(isLegacy ? 1 : 2);
    expect(questions().toSorted()).toEqual(['What do you eat?', 'Where do you like to sit?']);
  });

  test("asks the client's model", async () => {
    expect((await client.call('pack', trip)).text).toBe('Two shirts and a good book.');
    expect(user.prompts.at(-1)?.question).toBe(
      'What to pack for 3 nights? The weather: {"sky":"sunny","degrees":24}',
    );
  });

  test('refuses bad arguments and unknown cities before anybody is asked', async () => {
    const tooLong = await client.call('book', { destination: 'Lisbon', nights: 31 });
    expect(tooLong).toEqual({ text: expect.stringMatching(/nights/), isError: true });
    const nowhere = await client.call('book', { destination: 'Atlantis', nights: 1 });
    expect(nowhere).toEqual({ text: 'We fly to Lisbon, Ljubljana, Oslo, Rome only.', isError: true });
    expect(questions()).toEqual([]);
  });

  test('serves tools, resources, prompts and completions', async () => {
    expect((await client.tools()).toSorted()).toEqual(['book', 'comfort', 'pack', 'weather']);
    expect(JSON.parse(await client.read('city://list'))).toEqual(['Lisbon', 'Ljubljana', 'Oslo', 'Rome']);
    expect(await client.read('city://Oslo/guide')).toBe('# Oslo\n\nThe opera has a roof to walk on.\n');
    await expect(client.read('city://Atlantis/guide')).rejects.toMatchObject({ code: -32602 });
    expect(await client.prompt('weekend', { city: 'Rome' })).toBe(
      'Plan a weekend in Rome for rest. Read city://Rome/guide, then offer to book it.',
    );
    expect(await client.complete({ prompt: 'weekend' }, 'city', 'li')).toEqual(['Lisbon']);
    expect(await client.complete({ uri: 'city://{name}/guide' }, 'name', 'l')).toEqual([
      'Lisbon',
      'Ljubljana',
    ]);
  });
});

describe.each(['v1', 'v2 pinned 2026-07-28'] as const)('a %s client without a model', (kind) => {
  const clients: DeskClient[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
  });

  test('gets the list that needs none', async () => {
    const client = await connect(kind, endpointOf('streamable-http'), new User(agreeable, false));
    clients.push(client);
    expect(await client.call('pack', trip)).toEqual({ text: 'Pack for every weather.', isError: false });
  });
});
