import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  accept,
  bothEras,
  type ClientKind,
  clientKinds,
  type Options,
  start,
  textOf,
} from '../support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { Asks } from './replay-server.js';

let asks: Asks;
let log: RecordedLog;
let server: Awaited<ReturnType<typeof start>>;

beforeEach(async () => {
  log = new RecordedLog();
  asks = new Asks({ logger: log, state: { keys: ['k'.repeat(32)], maxBytes: 20_000 } });
  server = await start(asks);
});
afterEach(() => server.stop());

async function call(
  kind: ClientKind,
  tool: string,
  options: Options = {},
  args: Record<string, unknown> = {},
) {
  const connected = await server.connect(kind, options);
  const answer = await connected.call(tool, args);
  return {
    ...connected,
    text: textOf(answer),
    isError: answer.isError ?? false,
    rounds: connected.sent('tools/call'),
  };
}

const value = (content: unknown) => accept({ value: content as string });

describe.each(clientKinds)('%s: one handler, every client', (kind) => {
  test('asks in sequence, each quoting what came before; steps run once', async () => {
    const { asked, text } = await call(kind, 'sequence', {
      user: ({ message }) => value(`re ${message.slice(0, 5)}`),
    });
    expect(asked.map((message) => message.split(' ')[0])).toEqual(['First', 'Second', 'Third']);
    expect(asked[1]).toContain('re First');
    expect(asks.effects).toEqual(['quote', 'book']);
    // the price the user saw is the price that was booked
    expect(asked[0]).toContain(text.split(' ')[0]);
  });

  test('asks in parallel reach the user at once, also behind steps of different length', async () => {
    const { asked, mostAtOnce, text } = await call(kind, 'parallelBehindSteps', { user: () => value(7) });
    expect(asked.sort()).toEqual(['direct?', 'fast?', 'slow?']);
    expect(asks.effects).toEqual(['fast', 'slow']);
    if (kind === 'v2-modern') expect(mostAtOnce()).toBe(3);
    expect(text).toBe(JSON.stringify(Array(3).fill({ action: 'accept', data: 7 })));
  });

  test('the same question again and again', async () => {
    let n = 0;
    const { asked, text } = await call(kind, 'sameQuestionInALoop', { user: () => value(++n) }, { times: 4 });
    expect([asked.length, text]).toEqual([4, 'sum 10']);
  });

  test.each([
    ['decline', 'stopped at 1'],
    ['cancel', 'stopped at 1'],
  ] as const)('%s in the middle', async (action, expected) => {
    let n = 0;
    const user = () => (n++ === 1 ? { action } : value(1));
    expect((await call(kind, 'sameQuestionInALoop', { user }, { times: 4 })).text).toBe(expected);
  });

  test('promises that are awaited late do not end the process', async () => {
    const { text } = await call(kind, 'unawaited', { user: ({ message }) => value(message) });
    expect(text).toContain('"a?"');
    expect(text).toContain('"b?"');
  });

  test('a catch around a question sees no suspension in the answer; finally runs; a step in the catch does not', async () => {
    const { text } = await call(kind, 'swallows', { user: () => value('yes') });
    expect(text).toBe('{"action":"accept","data":"yes"}');
    expect(new Set(asks.effects)).toEqual(new Set(['finally']));
  });

  test('an invalid answer is asked again with the reason', async () => {
    const answers = [accept({ people: 12 }), accept({ people: 0 }), accept({ people: 4 })];
    const { asked, text } = await call(kind, 'validated', { user: () => answers.shift() ?? accept() });
    expect(text).toBe('true 4');
    expect(asked).toHaveLength(3);
    expect(asked[1]).toMatch(/^How many\?\n\nThe last answer cannot be used: people.*9/);
    expect(asks.effects).toEqual(['before', 'after']);
  });

  test('four invalid answers end the call with the reason', async () => {
    const { asked, text, isError } = await call(kind, 'validated', { user: () => accept({ people: 99 }) });
    expect(asked).toHaveLength(4);
    expect(isError).toBe(true);
    expect(text).toMatch(/No valid answer to "How many\?" after 4 tries: people/);
    expect(asks.effects).toEqual(['before']);
  });

  test('a failed step is remembered, and its error has the same shape on every run', async () => {
    const { asked, text, isError } = await call(kind, 'failingStep');
    expect(asked).toEqual(['Go on after StepError: sold out?']);
    expect([isError, text]).toEqual([true, 'No seats left']);
    expect(asks.effects).toEqual(['fails']);
  });

  test('step values are JSON from the first run on', async () => {
    const { text } = await call(kind, 'stepValues');
    expect(text).toBe('["string",{"date":"1970-01-01T00:00:00.000Z","list":[1,null]}]');
  });

  test('one key for several questions, whatever the order they come in on replay', async () => {
    const user = ({ message }: { message: string }) => value(message);
    const { text, asked } = await call(kind, 'oneKeyForMany', { user });
    expect(asked.sort()).toEqual(['a?', 'b?', 'then?']);
    expect(JSON.parse(text)).toEqual(['a?', 'b?', 'then?'].map((data) => ({ action: 'accept', data })));
  });

  test('steps of one name may follow one another', async () => {
    const { text } = await call(kind, 'stepsInALoop');
    expect(text).toBe('0,1,2');
    expect(asks.effects).toEqual(['0', '1', '2']);
  });

  test('steps of one name in parallel are refused: a replay could not tell them apart', async () => {
    const { isError } = await call(kind, 'stepsInParallel');
    expect(isError).toBe(true);
    expect(log.text('error')).toMatch(/A second ctx.step\("hold"\) began while something else was under way/);
    expect(log.text('error')).toContain('ctx.step(`hold ${id}`, …)');
  });

  test('and so on the first run, before anything is played again', async () => {
    expect((await call(kind, 'stepValueAtOnce')).text).toBe('string date');
  });

  test.each([
    ['ask', /The question "Inside\?" was begun inside of ctx.step\("outer"\). Ask first/],
    ['step', /ctx.step\("inner"\) was begun inside of ctx.step\("outer"\)/],
  ])('%s inside of a step is refused, not waited for', async (what, expected) => {
    const { isError, asked } = await call(kind, 'asksInAStep', {}, { what });
    expect([isError, asked, asks.effects]).toEqual([true, [], []]);
    expect(log.text('error')).toMatch(expected);
  });

  test('a tool that asks, called inside of a step, says so in its answer', async () => {
    const { text, asked } = await call(kind, 'asksInAStep', {}, { what: 'tool' });
    expect([text, asked]).toEqual(['not refused', []]);
    expect(log.text('error')).toMatch(/The question "a\?" was begun inside of ctx.step\("outer"\)/);
  });

  test('nested calls: their questions reach the user, and never take the answers of the outer call', async () => {
    let n = 0;
    const user = ({ message }: { message: string }) =>
      message === 'Number?' ? value(++n) : value(message === 'Tone?' ? 'dry' : 'w');
    const { asked, text } = await call(kind, 'nested', { user });
    expect(asked).toEqual(['Number?', 'Number?', 'Number?', 'Tone?', 'Word?']);
    expect(text).toContain('sum 5');
    expect(text).toContain('be dry');
    expect(text).toContain('word');
  });

  test('every kind of question, in one round', async () => {
    const { text, rounds } = await call(kind, 'everyKind', {
      user: ({ message }) => (message === 'Name?' ? value('Ada') : accept()),
    });
    expect(JSON.parse(text)).toEqual([
      [{ uri: 'file:///work', name: 'work' }],
      'sampled',
      'test-model',
      { action: 'accept', data: 'Ada' },
      { action: 'accept' },
      true,
    ]);
    expect(rounds).toBe(kind === 'v2-modern' ? 2 : 1);
  });

  test('a capability the client lacks can be caught', async () => {
    const { text } = await call(kind, 'fallsBack', { capabilities: { elicitation: {} } });
    expect(text).toBe('without sampling');
  });

  test('a required answer that is declined ends the call', async () => {
    const { text, isError } = await call(kind, 'required', { user: () => ({ action: 'decline' }) });
    expect([isError, text]).toEqual([true, 'The user did not answer: Must have']);
  });

  test('prompts and resources ask as well', async () => {
    const { client } = await server.connect(kind, {
      user: ({ message }) => value(message === 'Tone?' ? 'warm' : 'w'),
    });
    const prompt = await client.getPrompt({ name: 'asking' });
    expect(prompt.messages[0]?.content).toEqual({ type: 'text', text: 'be warm' });
    const resource = await client.readResource({ uri: 'asking://resource' });
    expect(resource.contents[0]).toMatchObject({ text: 'word: {"action":"accept","data":"w"}' });
  });

  test('progress and logs are sent once', async () => {
    const connected = await server.connect(kind);
    const seen: unknown[] = [];
    if (kind !== 'v2-modern') await connected.client.setLoggingLevel('info');
    await connected.call('progressAndLogs', {}, { onprogress: ({ message }) => seen.push(message) });
    expect(seen.filter((message) => message === 'one' || message === 'two')).toEqual(['one', 'two']);
    if (kind !== 'v2-modern') expect(connected.logs.map((entry) => entry.data)).toEqual(['before', 'after']);
    expect(log.lines.filter((line) => line.message === 'client log')).toHaveLength(2);
  });

  test('a malformed key is refused before anything is sent', async () => {
    const { asked, isError } = await call(kind, 'badKey');
    expect([asked, isError]).toEqual([[], true]);
    expect(log.text('error')).toMatch(/ASK_KEY|cannot be the key of a question/);
  });
});

describe('missing capability', () => {
  test('legacy: a tool error the model can read', async () => {
    const { text, isError, asked } = await call('v2-legacy', 'unawaited', { capabilities: {} });
    expect([isError, text, asked]).toEqual([true, 'The client does not support elicitation.form.', []]);
  });

  test('modern: -32021 with what is required', async () => {
    await expect(call('v2-modern', 'unawaited', { capabilities: {} })).rejects.toMatchObject({
      code: -32021,
      data: { requiredCapabilities: { elicitation: { form: {} } } },
    });
  });
});

describe('modern: divergence is a clear error', () => {
  test.each([
    [
      'changesItsQuestion',
      /Replay diverged at position 0: expected "elicit:.*but the handler asked.*"Question 2\?"/s,
    ],
    ['changesUnderOneKey', /expected "key:q:\S+", but the handler asked "key:q:\S+" \("Question 2\?"\)/],
    ['leavesItsQuestion', /Replay diverged at position 0: expected "elicit:.*but the handler ended/s],
  ])('%s', async (tool, expected) => {
    const { text, isError } = await call('v2-modern', tool, { user: () => value('x') });
    expect(isError).toBe(true);
    expect(text).toMatch(/^Internal error \(ref [0-9A-Z]{5}\)$/);
    const logged = log.text('error');
    expect(logged).toMatch(expected);
    expect(logged).toContain(`Asks.${tool}`);
    expect(logged).toContain('move clock, randomness and I/O into ctx.step()');
    expect(logged).toContain(/ref ([0-9A-Z]{5})/.exec(text)?.[1]);
  });

  test('slow I/O outside of a step gets its time before it counts as divergence', async () => {
    const { text } = await call('v2-modern', 'slowUntrackedIo', { user: ({ message }) => value(message) });
    expect(text).toContain('late?');
    expect(text).toContain('then?');
  });
});

test('a state beyond the limit names the largest steps and the way out', async () => {
  expect((await call('v2-modern', 'bigStep', {}, { bytes: 10_000 })).text).toBe('done');
  const { isError } = await call('v2-modern', 'bigStep', {}, { bytes: 30_000 });
  expect(isError).toBe(true);
  expect(log.text('error')).toMatch(
    /sealed state has \d+ bytes, the limit is 20000. Largest: step:huge \(\d+ bytes\).*keep the data in a store/,
  );
  expect((await call('v2-legacy', 'bigStep', {}, { bytes: 30_000 })).text).toBe('done');
});

test('a server that never asks needs no key and gets no warning; one that asks without a key warns once', async () => {
  const quiet = new RecordedLog();
  const keyless = await start(new Asks({ logger: quiet }));
  const connected = await keyless.connect('v2-modern');
  await connected.call('sameQuestionInALoop', { times: 0 });
  expect(quiet.text('warning')).toBe('');
  await connected.call('unawaited');
  await connected.call('unawaited');
  expect(quiet.lines.filter((line) => /REPRISE_STATE_KEY/.test(line.message))).toHaveLength(1);
  await keyless.stop();
});

test.each(bothEras)('%s: no request of a client leaves anything unhandled behind', async (kind) => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  await call(kind, 'unawaited', { capabilities: { sampling: {} } }).catch(() => {});
  await call(kind, 'swallows', { user: () => value('x') });
  await call(kind, 'parallelBehindSteps', { user: () => ({ action: 'decline' }) });
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', onRejection);
  expect(rejections).toEqual([]);
});
