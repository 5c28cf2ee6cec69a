import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { connectV2 } from '../src/demo/client-v2.js';
import { connect } from '../src/demo/connect.js';
import type { ClientKind, DeskClient } from '../src/demo/desk-client.js';
import { Ledger } from '../src/demo/ledger.js';
import { programOf, ServerProcess } from '../src/demo/server-process.js';
import { agreeable, User } from '../src/demo/user.js';
import { booked, trip } from './support/by-hand.js';
import { Load, type Tally } from './support/load.js';
import { mainPath, stateKey } from './support/main-path.js';

jest.setTimeout(120_000); // processes are slow to start on a busy machine

const ledger = new Ledger();
const env = { TRIP_DESK_LEDGER: ledger.file, REPRISE_STATE_KEY: stateKey };
beforeEach(() => ledger.clear());
afterAll(() => ledger.remove());

const callsPerSecond = 200;
const refusedBeforeItRan =
  /shutting down|ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET|Connection closed|Not connected/;

/** A user who takes a moment for each question, so that the end of the server falls into it. */
function ponderer(): User {
  return new User(async (question) => {
    await delay(150);
    return agreeable(question);
  });
}

async function book(client: DeskClient): Promise<void> {
  const { text } = await client.call('book', trip);
  if (text !== booked) throw new Error(`answered ${text}`);
}

async function lookAtTheSky(client: DeskClient): Promise<void> {
  const { text } = await client.call('weather', { city: 'Oslo' });
  if (!text.includes('snow')) throw new Error(`answered ${text}`);
}

/** What the airline did, every client knows: no answer to work that was done is lost. */
function expectNothingLost(bookings: Tally, users: readonly User[]): void {
  const priced = users.flatMap(({ asked }) => asked).filter(({ question }) => /€/.test(question.message));
  const done = ledger.read();
  expect(done.filter((line) => line === 'book').length).toBe(bookings.answered);
  expect(done.filter((line) => line === 'hold').length).toBe(priced.length);
  expect(done.filter((line) => /again/.test(line))).toEqual([]);
  expect(bookings.pending).toBe(0);
  expect(bookings.failures.filter((reason) => !refusedBeforeItRan.test(reason))).toEqual([]);
}

describe.each<[ServerProcess['endpoint']['transport'], ClientKind[]]>([
  ['streamable-http', ['v1', 'v2 legacy', 'v2 pinned 2026-07-28']],
  ['sse', ['v1', 'v2 legacy']],
])('over %s', (transport, kinds) => {
  test('SIGTERM under load: what was begun is answered, the rest refused, within ten seconds', async () => {
    const server = await ServerProcess.start(mainPath, transport, { env });
    const users: User[] = [];
    const clients: DeskClient[] = [];
    try {
      for (const kind of kinds) {
        const user = ponderer();
        users.push(user);
        clients.push(await connect(kind, server.endpoint, user));
      }
      const bookings = new Load(
        20,
        clients.map((client) => () => book(client)),
      );
      const sky = new Load(
        callsPerSecond - 20,
        clients.map((client) => () => lookAtTheSky(client)),
      );
      await delay(1500);
      const begun = bookings.tally.pending;
      const before = { ...bookings.tally };
      const from = Date.now();
      const stopping = server.stop();
      await delay(200);
      const [booked, seen] = [bookings.stop(), sky.stop()];
      const code = await stopping;
      const took = Date.now() - from;
      expectNothingLost(await booked, users);
      expect(code).toBe(0);
      const { answered, failures, pending } = await seen;
      expect(pending).toBe(0);
      expect(failures.filter((reason) => !refusedBeforeItRan.test(reason))).toEqual([]);
      expect(took).toBeLessThan(10_000);
      // The end fell into bookings, some of which were finished all the same.
      expect(begun).toBeGreaterThan(2);
      expect(bookings.tally.answered).toBeGreaterThan(before.answered);
      expect(failures.length).toBeGreaterThan(0);
      expect(answered).toBeGreaterThan(50);
    } finally {
      await server.kill();
      await Promise.allSettled(clients.map((client) => client.close()));
    }
  });
});

test('over stdio: SIGTERM under load loses nothing either', async () => {
  const transport = new StdioClientTransport({
    ...programOf(mainPath, ['--transport', 'stdio'], env),
    stderr: 'ignore',
  });
  const user = ponderer();
  const client = await connectV2('v2 legacy', transport, user);
  const bookings = new Load(50, [() => book(client)]);
  await delay(1000);
  const before = bookings.tally.answered;
  if (transport.pid !== null) process.kill(transport.pid, 'SIGTERM');
  await delay(200);
  expectNothingLost(await bookings.stop(10_000), [user]);
  expect(bookings.tally.answered).toBeGreaterThan(before);
  await client.close();
});
