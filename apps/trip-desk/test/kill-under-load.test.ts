import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, expect, jest, test } from '@jest/globals';
import { lastingPort } from '@reprise/transport-contract/lasting-port';
import { connect } from '../src/demo/connect.js';
import type { ClientKind, DeskClient } from '../src/demo/desk-client.js';
import { Ledger } from '../src/demo/ledger.js';
import { ServerProcess } from '../src/demo/server-process.js';
import { agreeable, type Question, User } from '../src/demo/user.js';
import { adaTravels, answering, booked, HandClient, trip, yes } from './support/by-hand.js';
import { Load } from './support/load.js';
import { mainPath, stateKey } from './support/main-path.js';

jest.setTimeout(120_000); // processes are slow to start on a busy machine

const ledger = new Ledger();
const env = { TRIP_DESK_LEDGER: ledger.file, REPRISE_STATE_KEY: stateKey };
let server: ServerProcess;
const clients: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await server.kill();
  await Promise.allSettled(clients.splice(0).map((client) => client.close()));
});
afterAll(() => ledger.remove());

const callsPerSecond = 200;
const modern = 'v2 pinned 2026-07-28';

/** An application that keeps a connection and makes a new one when it is told that its session is gone. */
class Caller {
  #client: DeskClient | undefined;
  reconnects = -1;

  constructor(private readonly kind: ClientKind) {}

  async look(): Promise<void> {
    if (this.#client === undefined) {
      this.#client = await connect(this.kind, server.endpoint, new User());
      clients.push(this.#client);
      this.reconnects += 1;
    }
    const client = this.#client;
    try {
      const { text } = await client.call('weather', { city: 'Oslo' });
      expect(text).toContain('snow');
    } catch (error) {
      // Modern clients have nothing that could be gone.
      if (/Session not found|404/.test(String(error)) && this.#client === client) this.#client = undefined;
      throw error;
    }
  }
}

/** A user who thinks about the question that begins like this until the server has been replaced. */
function thinker(about: string, replaced: Promise<void>): User {
  return new User(async (question: Question) => {
    if (question.message.startsWith(about)) await replaced;
    return agreeable(question);
  });
}

async function sessionByHand(): Promise<() => Promise<number>> {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const clientInfo = { name: 'by hand', version: '1.0.0' };
  const post = (more: Record<string, string>, method: string, params = {}) =>
    fetch(server.endpoint.url, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
  const begun = await post({}, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  await begun.text();
  const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
  return async () => (await post(session, 'tools/list')).status;
}

test('SIGKILL under load: clients come back, bookings go on, each is made once', async () => {
  server = await ServerProcess.start(mainPath, 'streamable-http', { env, port: await lastingPort() });
  const callers = (['v1', 'v2 legacy', modern, modern] as const).map((kind) => new Caller(kind));
  for (const caller of callers) await caller.look();
  const session = await sessionByHand();
  expect(await session()).toBe(200);

  // Some think about their first question, some about the second, some have just sent their last answer.
  let replace = (): void => {};
  const replaced = new Promise<void>((resolve) => (replace = resolve));
  const thinkers = [...Array(4).fill('Who travels?'), ...Array(4).fill('405 €')].map((about: string) =>
    thinker(about, replaced),
  );
  const ongoing = thinkers.map(async (user) => {
    const client = await connect(modern, server.endpoint, user);
    clients.push(client);
    return (await client.call('book', trip)).text;
  });
  const hand = await HandClient.overHttp(server.endpoint.url);
  clients.push(hand);
  const last = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const second = await hand.play(answering(await hand.play(), adaTravels));
      return answering(second, yes);
    }),
  );
  const legacy = await connect('v1', server.endpoint, thinker('Who travels?', new Promise(() => {})));
  const stranded = legacy.call('book', trip).catch(() => 'broken off');

  const load = new Load(
    callsPerSecond,
    callers.map((caller) => () => caller.look()),
  );
  await delay(1500);
  const before = load.tally.answered;
  const cut = last.map((round) =>
    hand.play(round).then(
      ({ text }) => text,
      () => undefined,
    ),
  );
  await delay(10);
  await server.kill();
  await delay(300);
  server = await ServerProcess.start(mainPath, 'streamable-http', { env, port: server.port });
  replace();

  expect(await Promise.all(ongoing)).toEqual(thinkers.map(() => booked));
  // A round whose answer got lost is sent again, as it was.
  const ends = await Promise.all(cut);
  const again = await Promise.all(last.map(async (round, at) => ends[at] ?? (await hand.play(round)).text));
  expect(again).toEqual(last.map(() => booked));
  expect(await session()).toBe(404);

  // A legacy call ends with its server: the client is told when it comes back, and books anew.
  await legacy.close();
  expect(await stranded).toBe('broken off');
  const fresh = await connect('v1', server.endpoint, new User());
  clients.push(fresh);
  expect((await fresh.call('book', trip)).text).toBe(booked);

  await delay(1000);
  const { answered, failures } = await load.stop();
  expect(before).toBeGreaterThan(100);
  expect(answered).toBeGreaterThan(before + 50);
  expect(failures.length).toBeGreaterThan(0);
  expect(callers.map(({ reconnects }) => reconnects > 0)).toEqual([true, true, false, false]);
  for (const caller of callers) await caller.look();

  // A step that the kill broke off may reach the airline again, under its old key: which is what the key is for.
  const lines = readFileSync(ledger.file, 'utf8').split('\n');
  const keysOf = (what: string) =>
    new Set(lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.split(' ')[1]));
  const bookings = thinkers.length + last.length + 1;
  expect([keysOf('hold').size, keysOf('book').size]).toEqual([bookings, bookings]);
  expect(await server.stop()).toBe(0);
});
