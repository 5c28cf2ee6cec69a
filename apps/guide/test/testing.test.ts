// #region first
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Answer, connect, eachEra, matchers, type TestClient } from '@reprise/testing';
import '@reprise/testing/jest';
import { Steps } from '../src/steps.js';

expect.extend(matchers);

let client: TestClient;
afterEach(() => client.close());

test('a book is ordered once', async () => {
  client = await connect(Steps, { era: 'modern' });
  client.answers(['Middlemarch', true]);

  const call = client.call('order');

  expect(await call.text()).toBe('Ordered. It comes on Friday.');
  expect(call).toHaveRounds(3);
  expect(call).toHaveRunOnce('order');
});
// #endregion first

// #region eras
eachEra((connect, era) => {
  test('who says no orders nothing', async () => {
    client = await connect(Steps);
    const call = client.answers(['Middlemarch', false]).call('order');

    expect(await call.text()).toBe('Nothing ordered.');
    call.steps('offer').ranOnce();
    call.steps('order').didNotRun();
    expect(call.rounds).toBe(era === 'modern' ? 3 : 1);
  });
}, describe);
// #endregion eras

// #region questions
test('what the user is asked', async () => {
  client = await connect(Steps);
  const call = client.answers(['Middlemarch', 'decline']).call('order');
  await call;

  const [title, sure] = call.questions;
  expect(title?.message).toBe('Which book?');
  expect(sure?.message).toMatch(/^\d+ € for Middlemarch/);
  expect(sure?.reply).toEqual({ action: 'decline' });
});
// #endregion questions

// #region scripts
test('answers by a function, or by what the question says', async () => {
  client = await connect(Steps);

  client.answers(({ message }) => (message === 'Which book?' ? 'Emma' : true));
  expect(await client.call('order').text()).toContain('Ordered.');

  const script = new Map<string | RegExp, Answer>([
    ['Which book?', 'Persuasion'],
    [/Order it/, true],
  ]);
  client.answers(script);
  expect(await client.call('order').text()).toContain('Ordered.');
});
// #endregion scripts

// #region crash
test('an order survives the end of the process', async () => {
  client = await connect(Steps, { crashBetweenRounds: true });
  const call = client.answers(['Middlemarch', true]).call('order');

  await call;
  expect(call).toHaveRunOnce('offer');
  expect(call).toHaveRunOnce('order');
});
// #endregion crash
