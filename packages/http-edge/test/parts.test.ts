import { describe, expect, test } from '@jest/globals';
import { accepts, cancelledCall, RunningCalls, SessionTable, type Session } from '@reprise/http-edge';
import { until } from './support/raw-http.js';

class TestSession implements Session {
  busy = false;
  listening = false;
  closed = 0;
  close(): Promise<void> {
    this.closed += 1;
    return Promise.reject(new Error('closing failed'));
  }
}

function table(limits: { idle?: number; max?: number }, ...ids: string[]) {
  const sessions = new SessionTable<TestSession>({ idle: Infinity, max: 100, ...limits });
  const all = ids.map((id) => {
    const session = new TestSession();
    sessions.add(id, session);
    return session;
  });
  return { sessions, all };
}

describe('SessionTable', () => {
  test('finds, forgets, and refuses what it does not know with a 404', () => {
    const { sessions, all } = table({}, 'a');
    expect(sessions.find('a')).toBe(all[0]);
    sessions.remove('a');
    for (const id of ['a', 'b', '', null, undefined])
      expect(() => sessions.find(id)).toThrow(expect.objectContaining({ status: 404, code: -32001 }));
  });

  test('full, it ends the one idle longest, never a busy one', () => {
    const { sessions, all } = table({ max: 3 }, 'a', 'b', 'c');
    const [a, b, c] = all;
    a!.busy = true;
    sessions.find('b');
    sessions.add('d', new TestSession());
    expect([a!.closed, b!.closed, c!.closed]).toEqual([0, 0, 1]);
    expect(sessions.size).toBe(3);
  });

  test('a flood of beginnings ends no session in use; one that listens goes after one that does not', () => {
    const { sessions, all } = table({ max: 3 }, 'listens', 'used', 'began');
    const [listens, used, began] = all;
    listens!.listening = true;
    for (const id of ['listens', 'used']) sessions.find(id);
    for (let nth = 0; nth < 5; nth += 1) sessions.add(`flood ${nth}`, new TestSession());
    expect([listens!.closed, used!.closed, began!.closed]).toEqual([0, 0, 1]);
    sessions.find('flood 4');
    sessions.add('next', new TestSession());
    expect([listens!.closed, used!.closed]).toEqual([0, 1]);
    sessions.find('next');
    sessions.find('flood 4');
    sessions.add('last', new TestSession());
    expect(listens!.closed).toBe(0);
  });

  test('one that listens does not expire', async () => {
    const { sessions, all } = table({ idle: 60 }, 'idle', 'listens');
    all[1]!.listening = true;
    await until(() => all[0]!.closed === 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(all[1]!.closed).toBe(0);
    await sessions.closeAll();
  });

  test('full of busy ones, it refuses the newcomer', () => {
    const { sessions, all } = table({ max: 2 }, 'a', 'b');
    for (const session of all) session.busy = true;
    expect(() => sessions.makeRoom()).toThrow(expect.objectContaining({ status: 503 }));
    expect(all.map(({ closed }) => closed)).toEqual([0, 0]);
  });

  test('idle ones expire; busy ones only after they have been idle', async () => {
    const { sessions, all } = table({ idle: 60 }, 'idle', 'busy');
    const [idle, busy] = all;
    busy!.busy = true;
    await until(() => idle!.closed === 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(busy!.closed).toBe(0);
    busy!.busy = false;
    const freed = Date.now();
    await until(() => busy!.closed === 1);
    expect(Date.now() - freed).toBeGreaterThanOrEqual(25);
    expect(sessions.size).toBe(0);
  });

  test('a session in use does not expire', async () => {
    const { sessions, all } = table({ idle: 100 }, 'used');
    for (let i = 0; i < 8; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      sessions.find('used');
    }
    expect(all[0]!.closed).toBe(0);
    await sessions.closeAll();
    expect(all[0]!.closed).toBe(1);
  });
});

describe('RunningCalls', () => {
  test('a call runs until it is answered or cancelled', () => {
    const calls = new RunningCalls();
    calls.received({ id: 0, method: 'tools/call' });
    calls.received({ id: 'b', method: 'tools/call' });
    calls.received({ method: 'notifications/initialized' });
    calls.received({ id: 0 });
    calls.sent({ id: 0, method: 'elicitation/create' });
    expect(calls.any).toBe(true);
    calls.sent({ id: 0 });
    expect(calls.any).toBe(true);
    calls.received({ method: 'notifications/cancelled', params: { requestId: 'b' } } as object);
    expect(calls.any).toBe(false);
  });

  test.each([
    [{ method: 'notifications/cancelled', params: { requestId: 0 } }, 0],
    [{ method: 'notifications/cancelled', params: { requestId: {} } }, undefined],
    [{ method: 'notifications/cancelled' }, undefined],
    [{ method: 'tools/call', params: { requestId: 0 } }, undefined],
    [null, undefined],
  ])('%j cancels %j', (message, id) => expect(cancelledCall(message)).toBe(id));
});

test.each([
  [undefined, true],
  ['*/*', true],
  ['text/*;q=0.5', true],
  ['application/json, text/event-stream', true],
  ['Text/Event-Stream; q=1', true],
  ['application/json', false],
  ['text/event-stream;q=0', false],
  ['text/event-streams', false],
  ['', false],
])('Accept %j admits an event stream: %j', (header, admitted) => {
  expect(accepts(header, 'text/event-stream')).toBe(admitted);
});
