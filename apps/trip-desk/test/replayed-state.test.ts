import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Ledger } from '../src/demo/ledger.js';
import { ServerProcess } from '../src/demo/server-process.js';
import type { Answer } from '../src/demo/user.js';
import {
  adaTravels,
  answering,
  booked,
  HandClient,
  refused,
  type Round,
  trip,
  yes,
} from './support/by-hand.js';
import { mainPath, stateKey } from './support/main-path.js';

jest.setTimeout(60_000); // processes are slow to start on a busy machine

const ledger = new Ledger();
const no: Answer = { action: 'decline' };
const bobTravels: Answer = { action: 'accept', content: { name: 'Bob', email: 'bob@example.com' } };
let server: ServerProcess;
let client: HandClient;

beforeAll(async () => {
  const env = { TRIP_DESK_LEDGER: ledger.file, REPRISE_STATE_KEY: stateKey };
  server = await ServerProcess.start(mainPath, 'streamable-http', { env });
});
afterAll(async () => {
  await server.kill();
  ledger.remove();
});

beforeEach(async () => {
  ledger.clear();
  client = await HandClient.overHttp(server.endpoint.url);
});
afterEach(() => client.close());

/** A booking up to the question about the price: the hold is made. */
async function upToThePrice(): Promise<{ first: Round; second: Round }> {
  const first = await client.play();
  const second = await client.play(answering(first, adaTravels));
  expect(ledger.read()).toEqual(['hold']);
  return { first, second };
}

describe('the last round, sent again', () => {
  test('gets the same answer, and nothing is booked twice', async () => {
    const { second } = await upToThePrice();
    const last = answering(second, yes);
    const answer = await client.play(last);
    expect(answer.text).toBe(booked);
    expect(await client.play(last)).toEqual(answer);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('while the first is still running: both get the answer, one booking', async () => {
    const { second } = await upToThePrice();
    const other = await HandClient.overHttp(server.endpoint.url);
    const last = answering(second, yes);
    const answers = await Promise.all([client.play(last), other.play(last), client.play(last)]);
    await other.close();
    expect(answers.map(({ text }) => text)).toEqual([booked, booked, booked]);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('with another answer is refused', async () => {
    const { second } = await upToThePrice();
    await client.play(answering(second, yes));
    await expect(client.play(answering(second, no))).rejects.toMatchObject(refused);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('with another answer at the same moment: one of the two happens', async () => {
    const { second } = await upToThePrice();
    const ends = await Promise.allSettled([
      client.play(answering(second, yes)),
      client.play(answering(second, no)),
    ]);
    expect(ends.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: refused }]);
    const effects = ledger.read();
    expect(effects).toHaveLength(2);
    expect(['book', 'release']).toContain(effects[1]);
  });
});

describe('an earlier round, sent again', () => {
  test('gets the same question, and nothing is held twice', async () => {
    const { first, second } = await upToThePrice();
    await client.play(answering(second, yes));
    expect(await client.play(answering(first, adaTravels))).toEqual(second);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('with another answer is refused', async () => {
    const { first } = await upToThePrice();
    await expect(client.play(answering(first, bobTravels))).rejects.toMatchObject(refused);
    expect(ledger.read()).toEqual(['hold']);
  });
});

describe('a state', () => {
  test('without its answers asks the question again', async () => {
    const { second } = await upToThePrice();
    const again = await client.play({ state: second.state ?? '' });
    expect(again.questions).toEqual(second.questions);
    expect((await client.play(answering(again, yes))).text).toBe(booked);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test.each([
    ['changed in one letter', (state: string) => ({ state: flipped(state) })],
    ['cut short', (state: string) => ({ state: state.slice(0, -4) })],
    ['of nobody', () => ({ state: 'r1.bm90IGEgc3RhdGU' })],
    ['with other arguments', (state: string) => ({ state, args: { ...trip, nights: 4 } })],
    ['for another tool', (state: string) => ({ state, tool: 'pack' })],
  ])('%s is refused', async (_what, change) => {
    const { second } = await upToThePrice();
    const request = answering(second, yes);
    await expect(client.play({ ...request, ...change(second.state ?? '') })).rejects.toMatchObject(refused);
    expect(ledger.read()).toEqual(['hold']);
  });

  test('is not needed for answers that nobody asked for to be ignored', async () => {
    const { questions } = await client.play();
    const [key = ''] = Object.keys(questions);
    const round = await client.play({ answers: { [key]: adaTravels } });
    expect(round.questions).toEqual(questions);
    expect(ledger.read()).toEqual([]);
  });

  test('tells its bearer nothing', async () => {
    const { second } = await upToThePrice();
    const bytes = Buffer.from((second.state ?? '').slice(3), 'base64url').toString('latin1');
    expect(second.state).not.toMatch(/Ada|example/);
    expect(bytes).not.toMatch(/Ada|example|hold/);
  });
});

function flipped(state: string): string {
  const at = Math.floor(state.length / 2);
  return state.slice(0, at) + (state[at] === 'A' ? 'B' : 'A') + state.slice(at + 1);
}
