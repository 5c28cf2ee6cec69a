import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type Answer, connect, eachEra, type TestClient } from '@reprise/testing';
import { TripDesk } from './trip-desk.js';

const ada = { name: 'Ada', email: 'ada@example.com' };
const open: TestClient[] = [];
afterEach(() => Promise.all(open.splice(0).map((client) => client.close())));

eachEra((join, era) => {
  async function desk(): Promise<TestClient> {
    const client = await join(TripDesk);
    open.push(client);
    return client;
  }

  test('an answer may be a bare value, fields, a whole reply, or a refusal to answer', async () => {
    const client = await desk();
    const both = (answers: Answer[]) => client.answers(answers).call('both').text();
    expect(await both([3, 'Rome'])).toBe('3 in Rome');
    expect(await both([3, { action: 'accept', content: { value: 'cancel' } }])).toBe('3 in cancel');
    expect(await both([{ value: 4 }, 'Oslo'])).toBe('4 in Oslo');
    expect(await both([3, 'decline'])).toContain('did not answer');
    const book = (answers: Answer[]) => client.answers(answers).call('book', { destination: 'Rome' }).text();
    expect(await book(['cancel'])).toBe('Nothing booked.');
    expect(await book([ada, false])).toBe('Nothing booked.');
    expect(await book([ada, 'decline'])).toBe('Nothing booked.');
    expect(await book([{ action: 'decline' }])).toBe('Nothing booked.');
  });

  test('answers by what the question says, for as often as it comes', async () => {
    const client = await desk();
    const script = new Map<string | RegExp, Answer>([
      [/where/i, 'Rome'],
      ['How many', 2],
    ]);
    client.answers(script);
    expect(await client.call('both').text()).toBe('2 in Rome');
    expect(await client.call('both').text()).toBe('2 in Rome');
    const other = client.call('book', { destination: 'Rome' });
    await expect(other).rejects.toMatchObject({ code: 'TEST_SCRIPT' });
  });

  test('a function answers each question, and may take its time', async () => {
    const client = await desk();
    client.answers(async ({ fields }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return fields['value']?.['type'] === 'string' ? 'Rome' : 5;
    });
    expect(await client.call('both').text()).toBe('5 in Rome');
  });

  test('a question without an answer fails the call, also when the handler catches it', async () => {
    const client = await desk();
    const call = client.call('book', { destination: 'Rome' });
    await expect(call).rejects.toMatchObject({
      code: 'TEST_SCRIPT',
      message:
        'client.answers: nobody answers the question "Who travels?" (name, email). ' +
        'Add an answer such as { name: …, email: … } to the script, or give a function that answers every question.',
    });
    await expect(client.call('stubborn').text()).rejects.toThrow('"Really?". Add an answer such as true');
  });

  test('an answer of another form says what the question is like', async () => {
    const client = await desk();
    await expect(client.answers([true]).call('book', { destination: 'Rome' })).rejects.toThrow(
      'the answer true does not fit the question "Who travels?" (name, email). Give an object with the fields name, email.',
    );
    await expect(client.answers([ada, 'yes']).call('book', { destination: 'Rome' })).rejects.toThrow(
      'the answer "yes" does not fit the question "100 € to Rome. Book it?". Answer true, false, "decline" or "cancel".',
    );
  });

  test('an answer that the form refuses shows', async () => {
    const client = await desk();
    const wrong = { name: 'Ada', email: 'nowhere' };
    const call = client.answers([wrong, ada, true]).call('book', { destination: 'Rome' });
    expect(await call.text()).toBe('Booked for Ada.');
    const [first, second] = call.questions;
    expect(first).toMatchObject({ refusal: undefined, reply: { content: wrong } });
    expect(second?.refusal).toContain('email: must be an email');
    expect(second?.reply).toEqual({ action: 'accept', content: ada });
    const short = client.answers([wrong]).call('book', { destination: 'Rome' });
    await expect(short).rejects.toThrow(/email: must be an email[^]*The answer before it was refused/);
  });

  test('what is left of a script fails close(), unless a call has failed', async () => {
    const client = await join(TripDesk);
    client.answers([ada, true, 'one too many', 7]).model(['unheard']);
    await client.call('book', { destination: 'Rome' });
    expect(client.unused).toEqual(['one too many', 7, 'unheard']);
    await expect(client.close()).rejects.toThrow('TripDesk: nobody asked for "one too many", 7, "unheard".');
    const failing = await join(TripDesk);
    failing.answers([7, 'Rome']);
    await expect(failing.call('book', { destination: 'Rome' })).rejects.toThrow('does not fit');
    await failing.close();
  });

  test('a failure that nobody awaited fails close()', async () => {
    const client = await join(TripDesk);
    const call = client.call('both');
    while (!call.isOver) await new Promise((resolve) => setImmediate(resolve));
    await expect(client.close()).rejects.toThrow('nobody answers the question');
  });

  test('the model', async () => {
    const client = await desk();
    const call = client.model(['An old city.']).call('portray');
    expect(await call.text()).toBe('An old city.');
    expect(call.modelRequests).toMatchObject([{ messages: [{ role: 'user' }] }]);
    client.model(({ maxTokens }) => `within ${typeof maxTokens}`);
    expect(await client.call('portray').text()).toBe('within number');
    client.model(
      new Map([
        [/Oslo/, 'cold'],
        [/Rome/, 'warm'],
      ]),
    );
    expect(await client.call('portray').text()).toBe('warm');
    client.model(() => ({ role: 'assistant', model: 'm', content: { type: 'text', text: 'whole' } }));
    expect(await client.call('portray').text()).toBe('whole');
    client.model([]);
    await expect(client.call('portray')).rejects.toThrow('client.model: no model answers "Describe Rome".');
  });

  test('under a fake clock', async () => {
    jest.useFakeTimers();
    try {
      const client = await join(TripDesk);
      const booked = client.answers([ada, true, true]).call('book', { destination: 'Rome' });
      expect(await booked.text()).toBe('Booked for Ada.');
      const call = client.call('late');
      while (call.questions[0]?.reply === undefined || jest.getTimerCount() < 2)
        await jest.advanceTimersByTimeAsync(0);
      await jest.advanceTimersByTimeAsync(7 * 24 * 3_600_000);
      expect(await call.text()).toBe('168 hours later');
      await client.close();
    } finally {
      jest.useRealTimers();
    }
  }, 10_000);

  test('crashBetweenRounds: each round meets a new server', async () => {
    let made = 0;
    let stopped = 0;
    class Counted extends TripDesk {
      protected override onStart(): void {
        made++;
      }
      protected override onStop(): void {
        stopped++;
      }
    }
    const client = await join(Counted, { crashBetweenRounds: true });
    const call = client.answers([ada, true]).call('book', { destination: 'Rome' });
    expect(await call.text()).toBe('Booked for Ada.');
    call.steps('hold').ranOnce();
    call.steps('book').ranOnce();
    expect(call.rounds).toBe(era === 'modern' ? 3 : 1);
    expect(call.logs).toHaveLength(1);
    expect(await client.tools()).not.toEqual([]);
    await client.close();
    // the lasting one answers the rest
    expect(made).toBe(era === 'modern' ? 4 : 1);
    expect(stopped).toBe(made);
  });
}, describe);

test('crashBetweenRounds needs to be able to make servers', async () => {
  await expect(
    connect(new TripDesk({ logger: { log() {} } }), { crashBetweenRounds: true }),
  ).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('Give the class'),
  });
});

test('a call that is cancelled between servers of its own is cancelled there', async () => {
  const client = await connect(TripDesk, { crashBetweenRounds: true });
  const cancel = new AbortController();
  const call = client.answers([true]).call('late', {}, { signal: cancel.signal });
  while (call.rounds < 2) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 50)); // the second round is under way
  cancel.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
  const begin = performance.now();
  await client.close();
  expect(performance.now() - begin).toBeLessThan(5_000);
});
