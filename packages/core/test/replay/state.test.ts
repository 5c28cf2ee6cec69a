import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { McpServerOptions } from '@reprise/core';
import { type Connected, start } from '../support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { Asks } from './replay-server.js';

type Wire = {
  resultType?: string;
  requestState: string;
  inputRequests: Record<string, unknown>;
  content: { text: string }[];
};

let asks: Asks;
let server: Awaited<ReturnType<typeof start>>;
let connected: Connected;
const log = new RecordedLog();
const key = 'k'.repeat(32);

async function restart(options: McpServerOptions = {}) {
  await server?.stop();
  asks = new Asks({ logger: log, state: { keys: [key] }, ...options });
  server = await start(asks);
  connected = await server.connect('v2-modern');
}
beforeEach(() => restart());
afterEach(() => server.stop());

/** One leg of a call, sent by hand. */
async function leg(name: string, args: object, more: object = {}, signal?: AbortSignal): Promise<Wire> {
  const request = { method: 'tools/call', params: { name, arguments: args, ...more } };
  const { client } = connected;
  return (await client.request(request as never, { allowInputRequired: true, signal } as never)) as never;
}

const accepting = ({ requestState, inputRequests }: Wire, content: object = { value: 3 }) => ({
  requestState,
  inputResponses: Object.fromEntries(
    Object.keys(inputRequests).map((name) => [name, { action: 'accept', content }]),
  ),
});

const refused = {
  code: -32602,
  message: expect.stringContaining('Invalid or expired requestState'),
  data: { reason: 'invalid_request_state' },
};
const twice = { times: 2 };
const loop = 'sameQuestionInALoop';

describe('answers count only for the question that was asked', () => {
  test('answers without a state are ignored', async () => {
    const first = await leg(loop, twice);
    const again = await leg(loop, twice, { inputResponses: accepting(first).inputResponses });
    expect(again.resultType).toBe('input_required');
    expect(Object.keys(again.inputRequests)).toEqual(Object.keys(first.inputRequests));
  });

  test('answers to questions that were never asked are ignored', async () => {
    const first = await leg(loop, twice);
    const [name] = Object.keys(first.inputRequests);
    const guessed = {
      ...accepting(first).inputResponses,
      [`${name}~1`]: { action: 'accept', content: { value: 9 } },
    };
    const second = await leg(loop, twice, { requestState: first.requestState, inputResponses: guessed });
    expect(Object.keys(second.inputRequests)).toEqual([`${name}~1`]);
  });

  test('a missing answer is asked again', async () => {
    const first = await leg(loop, twice);
    const again = await leg(loop, twice, { requestState: first.requestState, inputResponses: {} });
    expect(again.inputRequests).toEqual(first.inputRequests);
    const done = await leg(loop, twice, accepting(await leg(loop, twice, accepting(again))));
    expect(done.content[0]?.text).toBe('sum 6');
  });

  test('an answer of no known shape is asked again', async () => {
    const first = await leg(loop, twice);
    const nonsense = Object.fromEntries(Object.keys(first.inputRequests).map((name) => [name, { hello: 1 }]));
    const again = await leg(loop, twice, { requestState: first.requestState, inputResponses: nonsense });
    expect(JSON.stringify(again.inputRequests)).toContain('not an elicitation result');
  });
});

describe('the state is bound', () => {
  test.each([
    ['other arguments', loop, { times: 3 }],
    ['another tool', 'bigStep', twice],
  ])('to the call: %s', async (_what, name, args) => {
    const first = await leg(loop, twice);
    await expect(leg(name, args, accepting(first))).rejects.toMatchObject(refused);
  });

  test('before the arguments are looked at', async () => {
    const first = await leg(loop, twice);
    await expect(leg(loop, { times: 'many' }, accepting(first))).rejects.toMatchObject(refused);
    await expect(leg(loop, { times: 'many' }, { requestState: 'nonsense' })).rejects.toMatchObject(refused);
  });

  test('and expires', async () => {
    await restart({ state: { keys: [key], ttl: 30 } });
    const first = await leg(loop, twice);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await expect(leg(loop, twice, accepting(first))).rejects.toMatchObject(refused);
  });

  test('to the key: another process with the key goes on, one without refuses', async () => {
    const first = await leg(loop, twice);
    await restart({ state: { keys: ['n'.repeat(32), key] } });
    const second = await leg(loop, twice, accepting(first));
    expect(second.resultType).toBe('input_required');
    await restart({ state: { keys: ['o'.repeat(32)] } });
    await expect(leg(loop, twice, accepting(second))).rejects.toMatchObject(refused);
  });
});

describe('a round in which a step ran is remembered', () => {
  const party = { people: 2 };

  test('sent again: the same answer, nothing done twice', async () => {
    const first = await leg('slowBooking', party);
    const once = await leg('slowBooking', party, accepting(first, {}));
    const again = await leg('slowBooking', party, accepting(first, {}));
    expect(again.content).toEqual(once.content);
    expect(asks.effects).toHaveLength(2);
  });

  test('both at once: one plays, both get its answer', async () => {
    const first = await leg('slowBooking', party);
    const both = await Promise.all([1, 2, 3].map(() => leg('slowBooking', party, accepting(first, {}))));
    expect(new Set(both.map((answer) => answer.content[0]?.text)).size).toBe(1);
    expect(asks.effects).toHaveLength(2);
  });

  test('with other answers: refused, also while the first is still running', async () => {
    const first = await leg('slowBooking', party);
    const other = {
      ...accepting(first),
      inputResponses: mapValues(first.inputRequests, { action: 'decline' }),
    };
    const running = leg('slowBooking', party, accepting(first, {}));
    await expect(leg('slowBooking', party, other)).rejects.toMatchObject(refused);
    await running;
    await expect(leg('slowBooking', party, other)).rejects.toMatchObject(refused);
    expect(asks.effects).toHaveLength(2);
  });

  test('reached twice, because the round before it was sent twice: one answer as well', async () => {
    const first = await leg('validated', {});
    const refusedTwice = [];
    for (let n = 0; n < 2; n++) {
      refusedTwice.push(await leg('validated', {}, accepting(first, { people: 12 })));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const answers = [];
    for (const round of refusedTwice)
      answers.push(await leg('validated', {}, accepting(round, { people: 4 })));
    expect(answers.map(({ content }) => content[0]?.text)).toEqual(['true 4', 'true 4']);
    expect(asks.effects).toEqual(['before', 'after']);
  });

  test('broken off by an impatient client: the next try does the rest only', async () => {
    const first = await leg('slowBooking', party);
    const impatient = new AbortController();
    const broken = leg('slowBooking', party, accepting(first, {}), impatient.signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    impatient.abort('too slow');
    await expect(broken).rejects.toBeDefined();
    const done = await leg('slowBooking', party, accepting(first, {}));
    expect(done.content[0]?.text).toMatch(/^booked 0\./);
    expect(asks.effects.map((effect) => effect.split(' ')[0])).toEqual(['book', 'receipt']);
  });

  test('an answered question may be answered otherwise while nothing was done', async () => {
    const first = await leg(loop, twice);
    const three = await leg(loop, twice, accepting(first, { value: 3 }));
    const five = await leg(loop, twice, accepting(first, { value: 5 }));
    expect((await leg(loop, twice, accepting(three, { value: 1 }))).content[0]?.text).toBe('sum 4');
    expect((await leg(loop, twice, accepting(five, { value: 1 }))).content[0]?.text).toBe('sum 6');
  });
});

function mapValues(of: object, value: unknown) {
  return Object.fromEntries(Object.keys(of).map((name) => [name, value]));
}

test('the idempotency key is the same in all rounds of a call and another in every other call', async () => {
  const keys: string[] = [];
  for (const _ of [1, 2]) {
    const first = await leg('slowBooking', { people: 2 });
    await leg('slowBooking', { people: 2 }, accepting(first, {}));
    keys.push(asks.effects.find((effect) => effect.startsWith('book'))?.slice(5) ?? '');
    asks.effects.length = 0;
  }
  expect(keys[0]).toMatch(/^[\w-]{32}$/);
  expect(keys[0]).not.toBe(keys[1]);
});

test('a step that a new process has to run again gets the same idempotency key', async () => {
  const first = await leg('slowBooking', { people: 2 });
  const bookings: (string | undefined)[] = [];
  for (const _ of ['one process', 'another one, which remembers nothing']) {
    await leg('slowBooking', { people: 2 }, accepting(first, {}));
    bookings.push(asks.effects.find((effect) => effect.startsWith('book')));
    await restart();
  }
  expect(bookings[0]).toMatch(/^book [\w-]{32}$/);
  expect(bookings[1]).toBe(bookings[0]);
});

test('the state tells the client nothing', async () => {
  const { requestState } = await leg('sequence', {});
  expect(Buffer.from(requestState.slice(3), 'base64url').toString('latin1')).not.toContain('quote');
});
