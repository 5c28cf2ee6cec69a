import { afterEach, describe, expect, test } from '@jest/globals';
import type { Client } from '@modelcontextprotocol/client';
import { McpServer, type McpServerOptions, Server, StartUpError, Tool } from '@reprise/core';
import {
  accept,
  type Answer,
  bothEras,
  type ClientKind,
  type Options,
  type Question,
  start,
  textOf,
  type ToolAnswer,
} from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { Asking } from '../src/asking.js';
import { books } from '../src/catalogue.js';
import { ChildrensLibrary, Components } from '../src/components.js';
import { Contexts } from '../src/context.js';
import { Input } from '../src/input.js';
import { Prompts } from '../src/prompts.js';
import { Resources } from '../src/resources.js';
import { Results } from '../src/results.js';
import { serverWithKeys, sharedState, type SharedStore } from '../src/state.js';
import { effects, Steps } from '../src/steps.js';
import { Tools } from '../src/tools.js';
import { explain } from '../src/server/troubleshooting.js';

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  effects.length = 0;
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const logger = new RecordedLog();

async function connect(
  Class: new (options?: McpServerOptions) => McpServer,
  kind: ClientKind = 'v2-modern',
  options: Options = {},
) {
  const server = await start(new Class({ logger }));
  servers.push(server);
  const connected = await server.connect(kind, options);
  // modern requests are told nothing about steps; the client of the tests here is always the second generation
  return { ...connected, client: connected.client as Client };
}

async function say(
  Class: new (options?: McpServerOptions) => McpServer,
  tool: string,
  args: Record<string, unknown> = {},
): Promise<string> {
  return textOf(await (await connect(Class)).call(tool, args));
}

/** A user who gives these answers, in this order. */
function answers(...given: (Answer | 'yes' | 'no' | string | number)[]) {
  return (_question: Question): Answer => {
    const next = given.shift();
    if (next === 'yes') return accept();
    if (next === 'no' || next === undefined) return { action: 'decline' };
    return typeof next === 'object' ? next : accept({ value: next });
  };
}

describe('tools', () => {
  test('all arguments, some arguments, none', async () => {
    expect(await say(Tools, 'search', { words: 'Ada', limit: 1 })).toBe('The Lighthouse');
    expect(await say(Tools, 'search', { words: 'Ada' })).toBe('The Lighthouse, A Year of Tides');
    expect(await say(Tools, 'evenings', { pages: 90 })).toBe('3');
    expect(await say(Tools, 'evenings', { pages: 90, pace: 'fast' })).toBe('2');
    expect(await say(Tools, 'opening-hours')).toMatch(/^Tuesday/);
    expect(await say(Tools, 'count')).toBe('6000');
    expect(await say(Tools, 'renew', { isbn: '0001', weeks: 2 })).toBe('0001 is yours for 2 more weeks.');
  });

  test('what the client reads about them', async () => {
    const { tools } = await (await connect(Tools)).client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...['count', 'evenings', 'opening-hours', 'renew', 'search'],
    ]);
    expect(tools.find(({ name }) => name === 'opening-hours')).toMatchObject({
      title: 'Opening hours',
      annotations: { readOnlyHint: true },
      _meta: { 'example.org/floor': 1, 'reprise/tags': ['visit'] },
    });
    expect(tools.find(({ name }) => name === 'evenings')?.inputSchema).toMatchObject({
      properties: {
        pages: { type: 'number', description: 'Pages of the book' },
        pace: { enum: ['slow', 'fast'] },
      },
      required: ['pages'],
    });
  });

  test('each problem with its path, all at once; the handler does not run', async () => {
    const answer = await (await connect(Tools)).call('search', { limit: 50, colour: 'red' });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toBe(
      [
        'Invalid arguments for search:',
        '- colour: is not a known property',
        '- words: is required',
        '- limit: must not be greater than 20',
      ].join('\n'),
    );
  });
});

describe('describe your input', () => {
  test('the schema that a model reads', async () => {
    const { tools } = await (await connect(Input)).client.listTools();
    const schema = (name: string) => tools.find((tool) => tool.name === name)?.inputSchema;
    expect(schema('lend')).toMatchObject({
      properties: { reader: { format: 'email' }, weeks: { type: 'integer', minimum: 1, maximum: 8 } },
      required: ['isbn', 'reader', 'weeks'],
      additionalProperties: false,
    });
    expect(schema('review')).toMatchObject({
      properties: {
        stars: { title: 'Stars', description: '5 is best', examples: [4] },
        text: { examples: ['Wonderful.', 'Too long.'] },
        language: { default: 'en', enum: ['en', 'de', 'fr'] },
      },
      required: ['stars', 'text'],
    });
  });

  test('a default is filled in', async () => {
    expect(await say(Input, 'review', { stars: 5, text: 'x' })).toBe('5 stars (en)');
  });

  test('nested values are instances, problems have paths', async () => {
    const donation = { title: 'Fog', shelf: 'travel', languages: ['en'], author: { name: 'Eve' } };
    expect(await say(Input, 'donate', { ...donation, printed: '1999-01-01T00:00:00Z' })).toBe(
      'Eve on travel, true, 1999',
    );
    expect(await say(Input, 'donate', { ...donation, author: { name: 7 }, languages: ['en', 3] })).toBe(
      [
        'Invalid arguments for donate:',
        '- languages: each item must be a string',
        '- author.name: must be a string',
      ].join('\n'),
    );
  });
});

describe('results and errors', () => {
  test('bare values, data, blocks, streams', async () => {
    expect(await say(Results, 'pages', { isbn: '0001' })).toBe('212');
    const client = await connect(Results);
    expect(await client.call('card', { isbn: '0001' })).toMatchObject({
      structuredContent: { title: 'The Lighthouse', pages: 212 },
      content: [{ type: 'text', text: '{"title":"The Lighthouse","pages":212}' }],
    });
    const { content } = await client.call('cover', { isbn: '0001' });
    expect(content.map(({ type }) => type)).toEqual(['text', 'image', 'resource_link']);
    const heard: unknown[] = [];
    const read = await client.call(
      'read',
      { isbn: '0001' },
      { onprogress: ({ message }) => heard.push(message) },
    );
    expect(textOf(read)).toBe('Once, in 0001, there was a lighthouse.');
    expect(heard).toContain('Once, in 0001, ');
  });

  test('what the client sees of each error', async () => {
    const client = await connect(Results);
    expect(await client.call('fetch', { isbn: '9' })).toMatchObject({
      isError: true,
      content: [{ text: 'There is no book 9. Search for its title first.' }],
    });
    await expect(client.call('vault')).rejects.toMatchObject({
      code: -32001,
      message: 'Members only',
      data: { join: 'https://library.example/join' },
    });
    const internal = await client.call('index');
    expect(internal.isError).toBe(true);
    const [, ref] = /^Internal error \(ref ([0-9A-Z]{5})\)$/.exec(textOf(internal)) ?? [];
    expect(logger.text('error')).toContain(`(ref ${ref})`);
    expect(logger.text('error')).toContain('ECONNREFUSED');
    await expect(client.call('fetsh')).rejects.toMatchObject({
      code: -32602,
      message: 'Unknown tool: fetsh. Did you mean "fetch"?',
    });
  });
});

describe('resources and templates', () => {
  test.each(bothEras)('static, object, template, bytes (%s)', async (kind) => {
    const { client } = await connect(Resources, kind);
    const read = async (uri: string) => (await client.readResource({ uri })).contents[0];
    expect(await read('library://notice')).toMatchObject({ mimeType: 'text/plain', text: 'Open as usual.' });
    expect(await read('library://books')).toMatchObject({
      mimeType: 'application/json',
      text: JSON.stringify(books),
    });
    expect(await read('book://0001/page/12')).toMatchObject({ text: '## The Lighthouse, page 12' });
    expect(await read('book://0001/barcode?scale=2')).toMatchObject({ blob: expect.any(String) });
    expect(await read('book://0001/barcode')).toMatchObject({ mimeType: 'image/x-portable-bitmap' });
    await expect(read('book://0001/page/999')).rejects.toMatchObject({ code: -32602 });
    await expect(read('book://0001/page/twelve')).rejects.toMatchObject({ code: -32602 });
    await expect(read('nothing://here')).rejects.toMatchObject({
      code: -32602,
      data: { uri: 'nothing://here' },
    });
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('book://{isbn}/page/{page}');
  });

  test('subscribers hear of updates', async () => {
    const { client, call } = await connect(Resources, 'v2-legacy');
    const heard = new Promise<string>((resolve) =>
      client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(params.uri)),
    );
    await client.subscribeResource({ uri: 'library://notice' });
    await call('putUp', { notice: 'Closed on Friday.' });
    expect(await heard).toBe('library://notice');
    expect(await client.readResource({ uri: 'library://notice' })).toMatchObject({
      contents: [{ text: 'Closed on Friday.' }],
    });
  });
});

test.each(bothEras)('prompts and completions (%s)', async (kind) => {
  const { client } = await connect(Prompts, kind);
  const { prompts } = await client.listPrompts();
  expect(prompts.find(({ name }) => name === 'plan')?.arguments).toMatchObject([
    { name: 'author', description: 'Whose books', required: true },
    { name: 'evenings', required: false },
  ]);
  const plan = await client.getPrompt({ name: 'plan', arguments: { author: 'Ben Quay', evenings: '3' } });
  expect(plan.messages).toMatchObject([
    { role: 'user', content: { text: expect.stringMatching(/^Plan 3 ev/) } },
  ]);
  const talk = await client.getPrompt({ name: 'discuss', arguments: { title: 'Fog' } });
  expect(talk.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  await expect(client.getPrompt({ name: 'plan', arguments: { evenings: 'many' } })).rejects.toMatchObject({
    code: -32602,
  });

  const complete = async (params: Parameters<Client['complete']>[0]) =>
    (await client.complete(params)).completion.values;
  const ref = { type: 'ref/prompt', name: 'plan' } as const;
  expect(await complete({ ref, argument: { name: 'author', value: 'b' } })).toEqual(['Ben Quay']);
  const title = {
    ref: { type: 'ref/resource', uri: 'author://{author}/{title}' } as const,
    argument: { name: 'title', value: '' },
  };
  expect(await complete(title)).toHaveLength(3);
  expect(await complete({ ...title, context: { arguments: { author: 'Ben Quay' } } })).toEqual([
    'Salt and Stars',
  ]);
});

describe.each(bothEras)('asking the user (%s)', (kind) => {
  const ask = async (tool: string, options: Options = {}) => {
    const client = await connect(Asking, kind, options);
    return { answer: textOf(await client.call(tool)), client };
  };

  test('a form, accepted, declined, closed', async () => {
    const user = answers(accept({ name: 'Ada', email: 'ada@example.org' }));
    expect((await ask('join', { user })).answer).toBe('Welcome, Ada. Books come by desk.');
    expect((await ask('join', { user: answers('no') })).answer).toBe('Maybe another time.');
    expect((await ask('join', { user: () => ({ action: 'cancel' }) })).answer).toBe('You closed the form.');
  });

  test('one value; no answer ends the call', async () => {
    expect((await ask('room', { user: answers('quiet', 3) })).answer).toBe('3 seats in the quiet room.');
    expect((await ask('room', { user: answers('no') })).answer).toBe('The user did not answer: Which room?');
  });

  test('parallel questions are open at once', async () => {
    const user = ({ message }: Question) =>
      message.startsWith('Which') ? accept({ value: 'amber' }) : accept();
    const { answer, client } = await ask('lamp', { user });
    expect(answer).toBe('amber, warm seat');
    expect(client.mostAtOnce()).toBe(2);
    expect(client.sent('tools/call')).toBe(kind === 'v2-modern' ? 2 : 1);
  });

  test('a bad answer is asked again with the reason, three times at most', async () => {
    const user = answers(accept({ number: '1234' }), accept({ number: 'L-1234' }));
    const { answer, client } = await ask('card', { user });
    expect(answer).toBe('Card L-1234 is valid.');
    expect(client.asked).toEqual([
      'Your library card?',
      'Your library card?\n\nThe last answer cannot be used: number: a card number looks like L-1234',
    ]);
    const stubborn = await ask('card', { user: () => accept({ number: '?' }) });
    expect(stubborn.client.asked).toHaveLength(4);
    expect(stubborn.answer).toMatch(/^No valid answer to "Your library card\?" after 4 tries/);
  });

  test('confirm, url, sample, roots', async () => {
    expect((await ask('leave', { user: answers('yes') })).answer).toBe('Goodbye.');
    expect((await ask('leave', { user: answers('no') })).answer).toBe('Glad you stay.');
    expect((await ask('pay', { user: answers('yes') })).answer).toBe('Paid.');
    expect((await ask('sumUp')).answer).toBe('sampled');
    expect((await ask('folders')).answer).toBe('work');
  });

  test('a client that cannot: caught in the handler, or told', async () => {
    expect((await ask('sumUp', { capabilities: {} })).answer).toBe('A keeper, an island, a storm.');
    const refused = connect(Asking, kind, { capabilities: {} }).then((client) => client.call('leave'));
    if (kind === 'v2-modern')
      await expect(refused).rejects.toMatchObject({
        code: -32021,
        data: { requiredCapabilities: { elicitation: { form: {} } } },
      });
    else
      expect(await refused).toMatchObject({
        isError: true,
        content: [{ text: 'The client does not support elicitation.form.' }],
      });
  });
});

describe.each(bothEras)('steps and replay (%s)', (kind) => {
  const play = async (tool: string, user: (question: Question) => Answer) => {
    const client = await connect(Steps, kind, { user });
    return { answer: await client.call(tool), client };
  };

  test('each step runs once', async () => {
    const { answer, client } = await play('order', answers('Fog', 'yes'));
    expect(textOf(answer)).toBe('Ordered. It comes on Friday.');
    expect(effects).toEqual(['offer Fog', 'order']);
    expect(client.sent('tools/call')).toBe(kind === 'v2-modern' ? 3 : 1);
  });

  test('what changes between two runs belongs into a step', async () => {
    expect(textOf((await play('right', answers('yes'))).answer)).toMatch(/^Ordered for 10/);
    const wrong = (await play('wrong', answers('yes'))).answer;
    if (kind === 'v2-legacy') return expect(textOf(wrong)).toMatch(/^Ordered/);
    expect(wrong).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^Internal error/) }],
    });
    expect(logger.text('error')).toContain('Replay diverged');
  });

  test('values are JSON from the first run on', async () => {
    expect(textOf((await play('due', answers())).answer)).toBe('1970-01-01T00:00:00.000Z');
  });

  test('two steps of one name at the same time are refused, in both eras', async () => {
    expect(textOf((await play('confused', answers())).answer)).toMatch(/^Internal error/);
    expect(logger.text('error')).toContain(
      'A second ctx.step("post") began while something else was under way.',
    );
    expect(textOf((await play('letters', answers())).answer)).toBe('posted 1, posted 2');
  });

  test('a failed step is remembered', async () => {
    expect(textOf((await play('reserve', answers('yes'))).answer)).toBe('You are in the queue.');
    expect(effects).toEqual(['reserve']);
  });

  test('finally runs in every round', async () => {
    expect(textOf((await play('manuscript', answers('yes'))).answer)).toBe('Here it is.');
    const once = ['lamp on', 'lamp off'];
    expect(effects).toEqual(kind === 'v2-modern' ? [...once, ...once] : once);
  });

  test('equal questions in parallel have keys', async () => {
    const { answer } = await play('seats', answers('window', 'aisle'));
    expect(textOf(answer)).toBe('window and aisle');
  });
});

describe('state', () => {
  const oldKey = 'k'.repeat(32);
  const newKey = 'n'.repeat(32);

  /** The first round of a call on one server, the second on another. */
  async function across(first: McpServer, second: McpServer): Promise<ToolAnswer> {
    const [one, two] = await Promise.all([start(first), start(second)]);
    servers.push(one, two);
    const params = { name: 'right', arguments: {} };
    const begun = (await ((await one.connect('v2-modern')).client as Client).request(
      { method: 'tools/call', params },
      { allowInputRequired: true },
    )) as unknown as { inputRequests: Record<string, unknown>; requestState: string };
    const inputResponses = Object.fromEntries(
      Object.keys(begun.inputRequests).map((key) => [key, { action: 'accept', content: {} }]),
    );
    return (await ((await two.connect('v2-modern')).client as Client).request(
      { method: 'tools/call', params: { ...params, inputResponses, requestState: begun.requestState } },
      { allowInputRequired: true },
    )) as unknown as ToolAnswer;
  }

  test('after a rotation, calls that began under the old key go on', async () => {
    const answer = await across(serverWithKeys(oldKey, oldKey), serverWithKeys(newKey, oldKey));
    expect(textOf(answer)).toMatch(/^Ordered for 10/);
  });

  test('without a key in common they are refused', async () => {
    await expect(across(new Steps({ logger }), new Steps({ logger }))).rejects.toMatchObject({
      code: -32602,
      message: 'Invalid or expired requestState',
    });
    expect(logger.text('warning')).toContain('No REPRISE_STATE_KEY is set');
  });

  test('a shared ledger keeps replicas from doing a round twice', async () => {
    const store = memoryStore();
    const replica = () => new Steps({ logger, state: { keys: [oldKey], ...sharedState(store) } });
    const [one, two] = await Promise.all([start(replica()), start(replica())]);
    servers.push(one, two);
    const clients = await Promise.all([one.connect('v2-modern'), two.connect('v2-modern')]);
    const [first, second] = clients.map(({ client }) => client as Client);
    const call = (client: Client | undefined, extra: object) =>
      client?.request(
        { method: 'tools/call', params: { name: 'order', arguments: {}, ...extra } },
        { allowInputRequired: true },
      ) as unknown as Promise<{ inputRequests: Record<string, unknown>; requestState: string }>;
    const begun = await call(first, {});
    const answersTo = (value: unknown) =>
      Object.fromEntries(
        Object.keys(begun.inputRequests).map((key) => [key, { action: 'accept', content: { value } }]),
      );
    const again = { requestState: begun.requestState, inputResponses: answersTo('Fog') };
    const [here, there] = await Promise.all([call(first, again), call(second, again)]);
    expect(effects).toEqual(['offer Fog']);
    expect(there).toEqual(here);
    await expect(call(second, { ...again, inputResponses: answersTo('Salt') })).rejects.toMatchObject({
      code: -32602,
    });
  });
});

/** What a database with locks would do. */
function memoryStore(): SharedStore {
  const values = new Map<string, string>();
  const held = new Map<string, Promise<void>>();
  return {
    async lock(name) {
      while (held.has(name)) await held.get(name);
      let free = (): void => {};
      held.set(name, new Promise((resolve) => (free = resolve)));
      return async () => {
        held.delete(name);
        free();
      };
    },
    get: async (name) => values.get(name),
    set: async (name, value) => void values.set(name, value),
  };
}

describe('context', () => {
  test('who calls, how, from where', async () => {
    const { call } = await connect(Contexts);
    expect(textOf(await call('greet'))).toBe('Hello, v2-modern.');
    expect((await call('about')).structuredContent).toEqual({
      era: 'modern',
      transport: 'memory',
      session: false,
      client: 'v2-modern',
      canFillForms: true,
    });
  });

  test('progress, logs, Context.current, nested calls', async () => {
    const { call, logs } = await connect(Contexts, 'v2-legacy');
    const progress: unknown[] = [];
    await call('dust', {}, { onprogress: (each) => progress.push(each) });
    expect(progress).toHaveLength(3);
    expect(progress[0]).toMatchObject({ progress: 1, total: 3, message: 'Dusting The Lighthouse' });
    expect(logs).toContainEqual({ level: 'info', logger: 'housekeeping', data: { dusted: '0001' } });
    await call('open');
    expect(logs.at(-1)).toMatchObject({ level: 'notice', data: 'The door was opened.' });
    expect(textOf(await call('tour'))).toBe('1, 1, 1');
  });
});

describe('components and discovery', () => {
  test('one server of many classes', async () => {
    const { client, call } = await connect(Components);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(['isOpen', 'locate', 'weather']);
    expect(textOf(await call('isOpen', { day: 'Tuesday' }))).toBe('true');
    expect(textOf(await call('weather', { unit: 'F' }))).toBe('68 °F');
    expect(await client.readResource({ uri: 'shelf://Ben%20Quay' })).toMatchObject({
      contents: [{ text: expect.stringContaining('Salt and Stars') }],
    });
  });

  test('a subclass inherits and adds', async () => {
    const { client } = await connect(ChildrensLibrary);
    expect(client.getServerVersion()).toMatchObject({ name: 'childrens-library' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(['isOpen', 'locate', 'story', 'weather']);
  });
});

test('one run shows every mistake', async () => {
  @Server({ name: 'mistakes', version: '1.0.0' })
  class Mistakes extends McpServer {
    @Tool() one(word: string): string {
      return word;
    }
    @Tool({ name: 'one' }) two(): void {}
  }
  const error: unknown = await start(new Mistakes({ logger })).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartUpError);
  expect(explain(error as StartUpError)).toEqual([
    expect.stringMatching(/^UNFILLED_PARAMETER at Mistakes\.one, parameter 1\. Decorate it/),
    expect.stringMatching(/^DUPLICATE_NAME at Mistakes\.two\. Rename/),
  ]);
});
