import { afterEach, describe, expect, test } from '@jest/globals';
import type { McpServerOptions, SamplingAnswer, SamplingHandler, SamplingRequest } from '@reprise/core';
import { accept, bothEras, type ClientKind, type Options, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { SamplingDesk } from './sampling-desk.js';

type Block = Record<string, unknown> & { type: string };
interface Params {
  messages: { role: string; content: Block | Block[] }[];
  systemPrompt?: string;
  tools?: { name: string; description?: string; inputSchema: object }[];
  toolChoice?: { mode: string };
}

const servers: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

async function open(kind: ClientKind, client: Options = {}, server: McpServerOptions = {}) {
  const log = new RecordedLog();
  const desk = new SamplingDesk({ logger: log, state: { keys: ['k'.repeat(32)] }, ...server });
  const running = await start(desk);
  servers.push(running);
  return { desk, log, running, ...(await running.connect(kind, client)) };
}

const withTools = { sampling: { tools: {} }, elicitation: {} };
const say = (text: string, more: object = {}) => ({
  role: 'assistant',
  model: 'm1',
  stopReason: 'endTurn',
  content: { type: 'text', text },
  ...more,
});
const use = (...calls: [name: string, input: object][]) => ({
  role: 'assistant',
  model: 'm1',
  stopReason: 'toolUse',
  content: calls.map(([name, input], index) => ({ type: 'tool_use', id: `id${index}`, name, input })),
});

/** A model that gives these answers, in this order, and keeps what it was asked. */
function script(...answers: unknown[]) {
  const asked: Params[] = [];
  const model = (params: unknown) => {
    asked.push(params as Params);
    return answers[asked.length - 1] ?? say('out of script');
  };
  return { asked, model };
}

const lastOf = (params: Params | undefined) => params?.messages.at(-1);
const results = (params: Params | undefined) =>
  ([lastOf(params)?.content].flat() as Block[]).map(({ toolUseId, content, isError }) => ({
    id: toolUseId,
    text: (content as { text: string }[])[0]?.text,
    ...(isError !== undefined && { isError }),
  }));

describe.each(bothEras)('ctx.sample, %s client', (kind) => {
  test('sample: a text, with every option; what comes back', async () => {
    const { asked, model } = script(say('rain'));
    const { call, desk } = await open(kind, { model });
    expect(textOf(await call('plain'))).toBe('rain');
    expect(asked).toMatchObject([
      {
        messages: [{ role: 'user', content: { type: 'text', text: 'haiku' } }],
        systemPrompt: 'Be brief.',
        temperature: 0.5,
        maxTokens: 7,
        stopSequences: ['END'],
        modelPreferences: { hints: [{ name: 'small' }, { name: 'large' }] },
      },
    ]);
    expect(desk.results).toEqual([
      {
        text: 'rain',
        model: 'm1',
        stopReason: 'endTurn',
        result: undefined,
        history: [
          { role: 'user', content: { type: 'text', text: 'haiku' } },
          { role: 'assistant', content: { type: 'text', text: 'rain' } },
        ],
      },
    ]);
  });

  test('sample: one message, a list of messages; a model by name and by preferences', async () => {
    const { asked, model } = script(say('one'), say('list'));
    const { call } = await open(kind, { model });
    expect((await call('inputs')).structuredContent ?? textOf(await call('inputs'))).toBeTruthy();
    expect(asked.slice(0, 2)).toMatchObject([
      { messages: [{ role: 'user' }], modelPreferences: { hints: [{ name: 'small' }] } },
      { messages: [{}, { role: 'assistant' }, {}], modelPreferences: { speedPriority: 1 } },
    ]);
  });

  test.each([
    ['bare', '{"word":"fine","stars":4}'],
    ['in a fence', 'Here you are:\n```json\n{"word":"fine","stars":4}\n```\nAnything else?'],
    ['in prose', 'I think {"word":"fine","stars":4} is fair.'],
  ])('sample, result: JSON %s becomes an instance', async (_how, answer) => {
    const { asked, model } = script(say(answer));
    const { call } = await open(kind, { model });
    const { structuredContent } = await call('structured');
    expect(structuredContent).toEqual({ isVerdict: true, word: 'fine', stars: 4, turns: 2 });
    expect(asked[0]?.systemPrompt).toMatch(/^Be fair\.\n\n.*JSON Schema.*\n\{.*"stars":\{.*"maximum":5/s);
  });

  test('sample, result: any schema', async () => {
    const { asked, model } = script(say('{}'), say('{"stars":7}'), say('{"stars":4}'));
    const { call } = await open(kind, { model });
    expect((await call('standard')).structuredContent).toEqual({ zod: { stars: 3 }, typebox: { stars: 4 } });
    expect(asked.map(({ messages }) => messages.length)).toEqual([1, 1, 3]);
  });

  test('sample, result: asked again with the problems and with what the model had said', async () => {
    const { asked, model } = script(
      say('Four stars!'),
      say('{"word":"fine","stars":9}'),
      say('{"word":"fine","stars":5}'),
    );
    const { call } = await open(kind, { model });
    expect((await call('structured')).structuredContent).toMatchObject({ stars: 5, turns: 6 });
    expect(asked.map(({ messages }) => messages.length)).toEqual([1, 3, 5]);
    expect(asked[2]?.messages.slice(1).map(({ content }) => (content as Block)['text'])).toEqual([
      'Four stars!',
      'Your answer cannot be used: it is not JSON. Answer again.',
      '{"word":"fine","stars":9}',
      'Your answer cannot be used: stars: must not be greater than 5. Answer again.',
    ]);
  });

  test('sample, result: after three refusals an error that says what is wrong', async () => {
    const { asked, model } = script(...Array(9).fill(say('{"word":"fine","stars":0}')));
    const { call } = await open(kind, { model });
    const answer = await call('structured');
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toBe(
      'The model gave no valid result in 4 tries; the last: stars: must not be less than 1.',
    );
    expect(asked).toHaveLength(4);
  });

  test('sample, tools: called in parallel, answered in order, run once each', async () => {
    const { asked, model } = script(
      use(['weather', { name: 'Oslo' }], ['weather', { name: 'Rome' }]),
      use(['weather', { name: 'Cairo' }]),
      say('Cairo'),
    );
    const { call, desk } = await open(kind, { model, capabilities: withTools });
    expect(textOf(await call('tools', { steps: 5, atOnce: 4 }))).toBe('Cairo');
    expect(asked[0]?.tools).toMatchObject([
      {
        name: 'weather',
        description: 'The weather of a city',
        inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      },
    ]);
    expect(results(asked[1])).toEqual([
      { id: 'id0', text: '{"name":"Oslo","degrees":4}' },
      { id: 'id1', text: '{"name":"Rome","degrees":4}' },
    ]);
    expect(desk.done).toEqual(['weather Rome 32', 'weather Oslo 32', 'weather Cairo 32']);
    expect(desk.mostAtOnce).toBe(2);
    expect(desk.results).toMatchObject([{ history: { length: 6 } }]);
  });

  test('sample, tools: no more at once than allowed', async () => {
    const cities = ['Oslo', 'Rome', 'Paris', 'Bonn', 'Bern'];
    const { model } = script(
      use(...cities.map((name) => ['weather', { name }] as [string, object])),
      say('x'),
    );
    const { call, desk } = await open(kind, { model, capabilities: withTools });
    expect(textOf(await call('tools', { steps: 5, atOnce: 2 }))).toBe('x');
    expect([desk.done.length, desk.mostAtOnce]).toEqual([5, 2]);
  });

  test('sample, tools: what goes wrong goes back to the model', async () => {
    const { asked, model } = script(
      use(['weather', { name: 'Atlantis' }], ['weather', { name: 'Gotham' }], ['weather', {}], ['tides', {}]),
      say('sorry'),
    );
    const { call, log } = await open(kind, { model, capabilities: withTools });
    expect(textOf(await call('tools', { steps: 5, atOnce: 4 }))).toBe('sorry');
    expect(results(asked[1])).toEqual([
      { id: 'id0', text: 'There is no Atlantis.', isError: true },
      { id: 'id1', text: 'The tool weather failed.', isError: true },
      { id: 'id2', text: 'Invalid arguments for weather:\n- name: is required', isError: true },
      { id: 'id3', text: 'Unknown tool: tides. There are: weather.', isError: true },
    ]);
    expect(log.text('error')).toContain('secret: database password');
  });

  test('sample, tools: at the limit of steps the model must answer', async () => {
    const again = use(['weather', { name: 'Oslo' }]);
    const { asked, model } = script(again, again, say('enough'));
    const { call } = await open(kind, { model, capabilities: withTools });
    expect(textOf(await call('tools', { steps: 2, atOnce: 4 }))).toBe('enough');
    expect(asked.map(({ toolChoice }) => toolChoice?.mode)).toEqual([undefined, undefined, 'none']);

    const endless = script(again, again, again, again);
    const second = await open(kind, { model: endless.model, capabilities: withTools });
    const answer = await second.call('tools', { steps: 2, atOnce: 4 });
    expect([answer.isError, textOf(answer)]).toEqual([
      true,
      'The model still called tools after 2 turns of tool use.',
    ]);
    expect(endless.asked).toHaveLength(3);
  });

  test('sample, tools and result together', async () => {
    const { model } = script(use(['weather', { name: 'Oslo' }]), say('{}'), say('{"word":"cold","stars":1}'));
    const { call, desk } = await open(kind, { model, capabilities: withTools });
    expect((await call('toolsAndResult')).structuredContent).toEqual({ word: 'cold', stars: 1 });
    expect(desk.done).toEqual(['weather Oslo 32']);
  });

  test("sample, tools: the server's own, which may ask, run once each", async () => {
    const { asked, model } = script(
      use(['count', { by: 2 }], ['askBack', {}], ['refuse', {}], ['count', { by: 'x' }]),
      use(['count', { by: 3 }]),
      say('done'),
    );
    const client = await open(kind, {
      model,
      capabilities: withTools,
      user: () => accept({ value: 'red' }),
    });
    expect(textOf(await client.call('own'))).toBe('done');
    expect(client.asked).toEqual(['Which colour?']);
    expect(asked[0]?.tools?.map(({ name, description }) => [name, description])).toEqual([
      ['count', 'Counts'],
      ['askBack', undefined],
      ['refuse', undefined],
    ]);
    expect(results(asked[1])).toEqual([
      { id: 'id0', text: '{"counted":2}' },
      { id: 'id1', text: 'painted red' },
      { id: 'id2', text: 'Not on Sundays.', isError: true },
      { id: 'id3', text: expect.stringContaining('Invalid arguments for count'), isError: true },
    ]);
    expect(client.desk.done.filter((done) => !done.startsWith('part')).sort()).toEqual([
      ...['begin 2', 'begin 3', 'count 2', 'count 3', 'paint red', 'prepare'],
    ]);
    expect(client.desk.done.filter((done) => done.startsWith('part'))).toHaveLength(4);
  });

  test('sample, tools: mistakes in the list are found before anything is asked', async () => {
    const { asked, model } = script();
    const { call, log } = await open(kind, { model, capabilities: withTools });
    expect(textOf(await call('unknown'))).toMatch(/^Internal error/);
    expect(log.text('error')).toContain(
      'names the tool "cuont", which this server does not have. Did you mean "count"?',
    );
    expect(textOf(await call('sameName'))).toMatch(/^Internal error/);
    expect(log.text('error')).toContain('Two tools of a ctx.sample have the same name');
    expect(asked).toEqual([]);
  });

  test('sample, tools: a client without sampling.tools is refused at the await', async () => {
    const { asked, model } = script();
    const { call } = await open(kind, { model });
    const calling = call('tools', { steps: 1, atOnce: 1 });
    if (kind === 'v2-modern')
      await expect(calling).rejects.toMatchObject({
        code: -32021,
        data: { requiredCapabilities: { sampling: { tools: {} } } },
      });
    else expect(textOf(await calling)).toBe('The client does not support sampling.tools.');
    expect(asked).toEqual([]);
  });

  test('sample: same conversations in parallel do not mix', async () => {
    let turn = 0;
    const model = (params: unknown) => {
      const { messages } = params as Params;
      const first = messages[0]?.content as Block | undefined;
      if (first?.['text'] === 'other') return say('other');
      if (messages.length === 1) return use(['weather', { name: ['Oslo', 'Rome'][turn++ % 2] }]);
      return say(JSON.parse(results(params as Params)[0]?.text ?? '').name);
    };
    const { call, desk } = await open(kind, { model, capabilities: withTools });
    expect(
      textOf(await call('parallel'))
        .split(', ')
        .sort(),
    ).toEqual(['Oslo', 'Rome', 'other']);
    expect(desk.done.sort()).toEqual(['weather Oslo 32', 'weather Rome 32']);
  });

  test('sample: between two questions to the user; each is asked once', async () => {
    const { asked: sampled, model } = script(say('rain'));
    const { call, asked, desk } = await open(kind, {
      model,
      user: ({ message }) => accept({ value: message[0] }),
    });
    expect(textOf(await call('between'))).toBe('B rain A');
    expect([asked, sampled.length, desk.done]).toEqual([['Before?', 'After rain?'], 1, ['keep rain']]);
  });

  test('sample: a client without sampling → CapabilityError at the await', async () => {
    const { call } = await open(kind, { capabilities: {} });
    expect(textOf(await call('careful'))).toBe('without sampling');
    if (kind === 'v2-modern') await expect(call('plain')).rejects.toMatchObject({ code: -32021 });
    else expect(textOf(await call('plain'))).toBe('The client does not support sampling.');
  });
});

function later<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** A model of the server's own, which keeps what it was asked. */
function ownModel(...texts: string[]) {
  const asked: SamplingRequest[] = [];
  const handler: SamplingHandler = async (request) => {
    asked.push(request);
    return { text: texts[asked.length - 1] ?? 'own', model: 'own-1', stopReason: 'end' };
  };
  return { asked, handler };
}

describe.each(bothEras)("the server's own model, %s client", (kind) => {
  test('sample, fallback: asked for clients that cannot, and for those only', async () => {
    const { asked, handler } = ownModel();
    const without = await open(kind, { capabilities: {} }, { sampling: { handler } });
    expect(textOf(await without.call('plain'))).toBe('own');
    expect(asked).toEqual([
      {
        messages: [{ role: 'user', text: 'haiku', content: [{ type: 'text', text: 'haiku' }] }],
        system: 'Be brief.',
        maxTokens: 7,
        temperature: 0.5,
        stop: ['END'],
        model: 'small',
        preferences: { hints: [{ name: 'small' }, { name: 'large' }] },
        tools: undefined,
        toolChoice: undefined,
      },
    ]);
    expect(without.desk.results).toMatchObject([{ model: 'own-1', stopReason: 'end' }]);

    const able = await open(kind, { model: () => say('theirs') }, { sampling: { handler } });
    expect(textOf(await able.call('plain'))).toBe('theirs');
    // it can sample, but not with tools
    expect(textOf(await able.call('tools', { steps: 1, atOnce: 1 }))).toBe('own');
    expect(asked.map(({ tools }) => tools?.length)).toEqual([undefined, 1]);
  });

  test('sample, always: the client is never asked', async () => {
    const { asked, model } = script();
    const { handler } = ownModel();
    const { call } = await open(kind, { model }, { sampling: { handler, when: 'always' } });
    expect([textOf(await call('plain')), asked.length]).toEqual(['own', 0]);
  });

  test('sample, handler: called once, however often the handler is played again', async () => {
    const { asked: sampled, handler } = ownModel('rain');
    const user = ({ message }: { message: string }) => accept({ value: message[0] });
    const { call, asked } = await open(kind, { user }, { sampling: { handler, when: 'always' } });
    expect(textOf(await call('between'))).toBe('B rain A');
    expect([asked.length, sampled.length]).toEqual([2, 1]);
  });

  test('sample, handler: the same question twice at once is two questions', async () => {
    const { asked: sampled, handler } = ownModel('first', 'second');
    const { call } = await open(kind, {}, { sampling: { handler, when: 'always' } });
    expect(textOf(await call('twiceAtOnce'))).toBe('first and second: true');
    expect(sampled).toHaveLength(2);
  });

  test('sample, handler: result and tools', async () => {
    const turns: SamplingRequest[] = [];
    const handler: SamplingHandler = async (request) => {
      turns.push(request);
      const id = `t${turns.length}`;
      if (turns.length === 1)
        return {
          content: [{ type: 'tool_use', id, name: 'weather', input: { name: 'Oslo' } }],
          model: 'own-1',
        };
      return { text: turns.length === 2 ? '{}' : '{"word":"cold","stars":1}', model: 'own-1' };
    };
    const { call, desk } = await open(kind, { capabilities: {} }, { sampling: { handler } });
    expect((await call('toolsAndResult')).structuredContent).toEqual({ word: 'cold', stars: 1 });
    expect(turns[1]?.messages.at(-1)?.content).toMatchObject([{ type: 'tool_result', toolUseId: 't1' }]);
    expect(turns[1]?.toolChoice).toBe('auto');
    expect([turns.length, desk.done]).toEqual([3, ['weather Oslo 32']]);
  });

  test('sample, handler: what it throws is logged, not told', async () => {
    const handler: SamplingHandler = async () => {
      throw new Error('401: bad key sk-123');
    };
    const { call, log } = await open(kind, {}, { sampling: { handler, when: 'always' } });
    expect(textOf(await call('plain'))).toMatch(/^Internal error \(ref \w+\)$/);
    expect(log.text('error')).toContain('401: bad key');
  });

  test('sample, handler: an answer without a model is a mistake of the server', async () => {
    const handler = (async () => ({ text: 'hi' })) as unknown as SamplingHandler; // as JavaScript would
    const { call, log } = await open(kind, {}, { sampling: { handler, when: 'always' } });
    expect(textOf(await call('plain'))).toMatch(/^Internal error/);
    expect(log.text('error')).toContain('Return { text, model } or { content, model }.');
  });

  test('sample, timeout: a model that does not answer in time; its signal aborts', async () => {
    let signal: AbortSignal | undefined;
    const handler: SamplingHandler = (_request, info) => {
      ({ signal } = info);
      return new Promise(() => {});
    };
    const { call } = await open(kind, {}, { sampling: { handler, when: 'always' } });
    const answer = await call('hasty');
    expect([answer.isError, textOf(answer)]).toEqual([
      true,
      "The server's own model did not answer within 30 ms.",
    ]);
    expect(signal?.aborted).toBe(true);
  });

  test('sample, cancel: the signal of the handler aborts, and nothing is logged as a fault', async () => {
    const reached = later<AbortSignal>();
    const handler: SamplingHandler = (_request, { signal }) => {
      reached.resolve(signal);
      return new Promise(() => {});
    };
    const { call, log } = await open(kind, {}, { sampling: { handler, when: 'always' } });
    const controller = new AbortController();
    const calling = call('plain', {}, { signal: controller.signal });
    const signal = await reached.promise;
    expect(signal.aborted).toBe(false);
    controller.abort('enough');
    await expect(calling).rejects.toThrow();
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log.text('error')).toBe('');
  });
});

test('sample, timeout (legacy): a client that does not answer in time', async () => {
  const { call } = await open('v2-legacy', { model: () => new Promise(() => {}) });
  expect(textOf(await call('hasty'))).toMatch(/did not answer sampling\/createMessage within 30 ms/);
});

describe('sample, cancel (modern): what was broken off goes on when the client comes back with the same state', () => {
  /** A model of the server's own that answers by the script, but hangs once until the call is cancelled. */
  function hangsOnce(...answers: SamplingAnswer[]) {
    const reached = later<void>();
    let hung = false;
    const handler: SamplingHandler = ({ messages }, { signal }) => {
      const answer = answers[(messages.length - 1) / 2];
      if (answer) return Promise.resolve(answer);
      if (hung) return Promise.resolve({ text: 'at last', model: 'own-1' });
      hung = true;
      reached.resolve();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    return { handler, reached: reached.promise };
  }

  async function breakOffSecondRound(name: string, sampling: ReturnType<typeof hangsOnce>, content: object) {
    const { client, desk } = await open('v2-modern', {}, { sampling: { ...sampling, when: 'always' } });
    const leg = (more: object, signal?: AbortSignal) =>
      client.request(
        { method: 'tools/call', params: { name, arguments: {}, ...more } } as never,
        { allowInputRequired: true, signal } as never,
      ) as Promise<{ requestState: string; inputRequests: object; content: { text: string }[] }>;
    const { requestState, inputRequests } = await leg({});
    const [question = ''] = Object.keys(inputRequests);
    const answered = { requestState, inputResponses: { [question]: { action: 'accept', content } } };
    const controller = new AbortController();
    const broken = leg(answered, controller.signal);
    await sampling.reached;
    controller.abort();
    await expect(broken).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { again: await leg(answered), desk };
  }

  test('the model is asked again; its broken off turn is not remembered as failed', async () => {
    const { again } = await breakOffSecondRound('prepared', hangsOnce(), {});
    expect(again.content).toEqual([{ type: 'text', text: 'at last' }]);
  });

  test("the server's own tools are not run again", async () => {
    const calls = ['askBack', 'count'].map((name) => ({
      ...{ type: 'tool_use' as const, id: name, name, input: name === 'count' ? { by: 1 } : {} },
    }));
    const sampling = hangsOnce({ content: calls, model: 'own-1' });
    const { again, desk } = await breakOffSecondRound('own', sampling, { value: 'red' });
    expect(again.content).toEqual([{ type: 'text', text: 'at last' }]);
    expect(desk.done).toEqual(['prepare', 'begin 1', 'part 1', 'part 2', 'count 1', 'paint red']);
  });
});

test('sample, tools (modern): of a tool that has ended only its value stays in the state', async () => {
  const { client } = await open('v2-modern', { capabilities: withTools });
  let size = 0;
  const leg = async (more: object = {}) => {
    const params = { name: 'own', arguments: {}, ...more };
    const wire = (await client.request(
      { method: 'tools/call', params } as never,
      { allowInputRequired: true } as never,
    )) as unknown as { requestState: string; inputRequests: object };
    size = wire.requestState.length;
    return (answer: object) => ({
      requestState: wire.requestState,
      inputResponses: { [Object.keys(wire.inputRequests)[0] ?? '']: answer },
    });
  };
  const toModel = await leg();
  const toUser = await leg(toModel(use(['askBack', {}])));
  await leg(toUser(accept({ value: 'x'.repeat(6_000) })));
  expect(size).toBeGreaterThan(8_000); // what the tool gave back, in base64
  expect(size).toBeLessThan(12_000); // and not the user's answer besides
});
