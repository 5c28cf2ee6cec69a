import { afterEach, describe, expect, test } from '@jest/globals';
import { connect, eachEra, serve, type TestClient } from '@reprise/testing';
import { TripDesk } from './trip-desk.js';

const ada = { name: 'Ada', email: 'ada@example.com' };
const open: TestClient[] = [];
afterEach(() => Promise.all(open.splice(0).map((client) => client.close())));

function kept(client: TestClient): TestClient {
  open.push(client);
  return client;
}

eachEra((join, era) => {
  const desk = async (options?: Parameters<typeof join>[1]) => kept(await join(TripDesk, options));

  test('a call: its answer, rounds, questions, steps, logs and progress', async () => {
    const client = await desk();
    const call = client.answers([ada, true]).call('book', { destination: 'Rome' });
    expect(await call.text()).toBe('Booked for Ada.');
    expect((await call).content).toEqual([{ type: 'text', text: 'Booked for Ada.' }]);
    expect(call.rounds).toBe(era === 'modern' ? 3 : 1);
    expect(call.questions).toMatchObject([
      { message: 'Who travels?', mode: 'form', round: 1, required: ['name', 'email'] },
      { message: '100 € to Rome. Book it?', fields: {}, round: era === 'modern' ? 2 : 1 },
    ]);
    expect(call.questions.map(({ reply }) => reply)).toEqual([
      { action: 'accept', content: ada },
      { action: 'accept' },
    ]);
    call.steps('hold').ranOnce();
    call.steps('book').ranOnce();
    expect(call.steps('hold').rounds).toEqual([era === 'modern' ? 2 : 1]);
    expect(call.steps('book').rounds).toEqual([era === 'modern' ? 3 : 1]);
    expect(call.logs).toMatchObject([{ level: 'info', data: 'looking' }]);
    expect(call.progress).toMatchObject([{ progress: 1, total: 2, message: 'looking' }]);
    expect(client.logs).toEqual([]);
  });
  test('calls at the same time keep apart', async () => {
    const client = await desk();
    client.answers(({ message }) => (message === 'Who travels?' ? ada : !message.includes('Oslo')));
    const calls = ['Rome', 'Oslo', 'Lima'].map((destination) => client.call('book', { destination }));
    expect(await Promise.all(calls.map((call) => call.text()))).toEqual([
      'Booked for Ada.',
      'Nothing booked.',
      'Booked for Ada.',
    ]);
    expect(calls.map((call) => call.questions[1]?.message)).toEqual(
      ['Rome', 'Oslo', 'Lima'].map((city) => `100 € to ${city}. Book it?`),
    );
    expect(calls.map((call) => call.steps('book').count)).toEqual([1, 0, 1]);
    expect(calls.map((call) => call.logs.length)).toEqual([1, 1, 1]);
    expect(calls.map((call) => call.progress.length)).toEqual([1, 1, 1]);
  });

  test('resources and prompts are calls as well; lists are what the client sees', async () => {
    const client = await desk();
    const guide = client.answers([true, false]).read('city://rome/guide');
    expect(await guide.text()).toBe('All about rome');
    expect(guide.rounds).toBe(era === 'modern' ? 2 : 1);
    expect(guide.questions).toMatchObject([{ message: 'The long one?', reply: { action: 'accept' } }]);
    expect(await client.read('city://rome/guide').text()).toBe('rome');
    expect(await client.prompt('weekend', { destination: 'Rome' }).text()).toBe('Plan a weekend in Rome.');
    expect((await client.tools()).map(({ name }) => name)).toContain('book');
    expect((await client.prompts()).map(({ name }) => name)).toEqual(['weekend']);
    expect((await client.resources()).map(({ uri }) => uri)).toEqual(['city://list']);
    expect((await client.resourceTemplates()).map(({ uriTemplate }) => uriTemplate)).toEqual([
      'city://{name}/guide',
    ]);
  });

  test('structured content', async () => {
    const client = await desk();
    const call = client.call('hide');
    expect(await call.structured()).toEqual({ hidden: true });
    expect(await client.call('whoami').structured()).toBeUndefined();
  });

  test('a refused call rejects; an error for the model is an answer', async () => {
    const client = await desk();
    await expect(client.call('nothing')).rejects.toMatchObject({ code: -32602 });
    expect(await client.call('book')).toMatchObject({ isError: true });
    expect(await client.call('book').text()).toContain('destination');
  });

  test('the server logs to the test, and prints nothing', async () => {
    const client = await desk();
    const call = client.call('broken');
    expect(await call.text()).toContain('Internal error');
    expect(client.log.text('error')).toContain('secret');
    expect(client.log.lines.map(({ message }) => message)).toContain('serving');
  });

  test('a call can be cancelled, and looked at while it runs', async () => {
    const client = await desk();
    const given: string[] = [];
    client.answers(() => new Promise(() => given.push('asked')));
    const cancel = new AbortController();
    const call = client.call('both', {}, { signal: cancel.signal });
    while (given.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(call.isOver).toBe(false);
    expect(call.questions.map(({ reply }) => reply)).toEqual([undefined, undefined]);
    cancel.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(call.isOver).toBe(true);
  });

  test('change notices come to those who listen', async () => {
    const served = await serve(TripDesk);
    const [caller, witness] = await Promise.all([served.connect({ era }), served.connect({ era })]);
    try {
      await witness.listen();
      await caller.call('hide');
      for (let turns = 0; turns < 100 && witness.notifications.length === 0; turns++)
        await new Promise((resolve) => setImmediate(resolve));
      expect(witness.notifications.map(({ method }) => method)).toContain('notifications/tools/list_changed');
      expect((await witness.tools()).map(({ name }) => name)).not.toContain('twice');
      await Promise.all([caller.close(), witness.close()]);
      // clients of serve() leave the server running
      const late = await served.connect({ era });
      expect(await late.call('hide').text()).toContain('hidden');
      await late.close();
    } finally {
      await served.stop();
    }
  });

  test('a principal', async () => {
    const principal = { clientId: 'app', subject: 'ada', scopes: ['trips'] };
    const client = await desk({ principal });
    expect(await client.call('whoami').text()).toBe('["ada","app",["trips"]]');
    expect(await (await desk()).call('whoami').text()).toBe('[null,null,null]');
  });

  test("capabilities and log level are the client's", async () => {
    const dumb = await desk({ capabilities: {}, logLevel: 'warning' });
    const call = dumb.call('book', { destination: 'Rome' });
    await call.then(
      ({ isError }) => expect(isError).toBe(true),
      (refused: unknown) => expect(refused).toMatchObject({ code: -32021 }),
    );
    expect(call.questions).toEqual([]);
    expect(call.logs).toEqual([]);
  });

  test('the wire is there', async () => {
    const client = await desk();
    await client.call('whoami');
    const methods = client.wire.flatMap(({ from, message }) =>
      from === 'client' && 'method' in message ? [message.method] : [],
    );
    expect(methods).toContain('tools/call');
    expect(client.wire.at(-1)).toMatchObject({ from: 'server', message: { result: expect.anything() } });
  });
}, describe);

describe('what is tested', () => {
  class Named extends TripDesk {
    constructor(private readonly place: string) {
      super({ logger: { log() {} } });
    }
    override whoami(): string {
      return this.place;
    }
  }

  test('an instance, or a function that makes one, at once or later', async () => {
    const instance = kept(await connect(new Named('instance')));
    expect(await instance.call('whoami').text()).toBe('instance');
    expect(instance.server).toBeInstanceOf(Named);
    const factory = kept(await connect(async () => new Named('factory'), { era: 'legacy' }));
    expect(await factory.call('whoami').text()).toBe('factory');
    expect(factory.era).toBe('legacy');
  });

  test('options reach the server', async () => {
    const lines: string[] = [];
    const logger = { log: (_level: string, message: string) => void lines.push(message) };
    const client = kept(await connect(TripDesk, { options: { logger, version: '9.9.9' } }));
    expect(client.sdk.getServerVersion()).toMatchObject({ version: '9.9.9' });
    expect(lines).toContain('serving');
    expect(client.log.lines).toEqual([]);
  });

  test('what the server cannot start with is thrown', async () => {
    class Late extends TripDesk {
      protected override onStart(): never {
        throw new RangeError('no airline');
      }
    }
    await expect(connect(Late)).rejects.toThrow('no airline');
  });

  test('close() stops the server, once', async () => {
    const ends: string[] = [];
    class Ending extends TripDesk {
      protected override onStart(): string {
        return 'app';
      }
      protected override onStop(): void {
        ends.push('stop');
      }
    }
    const client = await connect(Ending);
    await Promise.all([client.close(), client.close()]);
    expect(ends).toEqual(['stop']);
    const again = await connect(Ending);
    await again[Symbol.asyncDispose]();
    expect(ends).toEqual(['stop', 'stop']);
    await expect(again.call('whoami')).rejects.toThrow();
  });
});
