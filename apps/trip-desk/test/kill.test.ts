import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { lastingPort } from '@reprise/transport-contract/lasting-port';
import { connect } from '../src/demo/connect.js';
import { Ledger } from '../src/demo/ledger.js';
import { programOf, ServerProcess } from '../src/demo/server-process.js';
import { agreeable, User } from '../src/demo/user.js';
import { adaTravels, answering, booked, HandClient, refused, trip, yes } from './support/by-hand.js';
import { mainPath, stateKey } from './support/main-path.js';

jest.setTimeout(60_000); // processes are slow to start on a busy machine

const ledger = new Ledger();
const withoutKey = { TRIP_DESK_LEDGER: ledger.file };
const withKey = { ...withoutKey, REPRISE_STATE_KEY: stateKey };

beforeEach(() => ledger.clear());
afterAll(() => ledger.remove());

describe('over HTTP', () => {
  const started: ServerProcess[] = [];
  let server: ServerProcess;
  afterEach(async () => {
    for (const process of started.splice(0)) await process.kill();
  });

  async function startServer(env: Record<string, string>, port?: number): Promise<void> {
    const place = { port: port ?? (await lastingPort()), env };
    server = await ServerProcess.start(mainPath, 'streamable-http', place);
    started.push(server);
  }

  /** SIGKILL, and a new process at the same address. */
  async function replaceServer(env: Record<string, string>): Promise<void> {
    await server.kill();
    await startServer(env, server.port);
  }

  test('a booking outlives its server between every two rounds', async () => {
    await startServer(withKey);
    const pids = [server.pid];
    const user = new User(async (question) => {
      await replaceServer(withKey);
      pids.push(server.pid);
      return agreeable(question);
    });
    const client = await connect('v2 pinned 2026-07-28', server.endpoint, user);
    expect(await client.call('book', trip)).toEqual({ text: booked, isError: false });
    await client.close();
    expect(new Set(pids).size).toBe(3);
    expect(user.asked.map(({ question }) => question.message)).toEqual([
      'Who travels?',
      '405 € for 3 nights. Book it?',
    ]);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('without a key of its own, another process refuses the state, and nothing is booked', async () => {
    await startServer(withoutKey);
    const client = await HandClient.overHttp(server.endpoint.url);
    const first = await client.play();
    await replaceServer(withoutKey);
    await expect(client.play(answering(first, adaTravels))).rejects.toMatchObject(refused);
    expect(ledger.read()).toEqual([]);

    const again = await client.play();
    const second = await client.play(answering(again, adaTravels));
    await replaceServer(withoutKey);
    await expect(client.play(answering(second, yes))).rejects.toMatchObject(refused);
    await client.close();
    expect(ledger.read()).toEqual(['hold']);
  });
});

describe('over stdio', () => {
  /** Each round in a process of its own, killed as soon as it has answered. */
  async function inNewProcess<T>(
    env: Record<string, string>,
    play: (client: HandClient) => Promise<T>,
  ): Promise<T> {
    const program = programOf(mainPath, ['--transport', 'stdio'], env);
    const transport = new StdioClientTransport({ ...program, stderr: 'ignore' });
    const client = await HandClient.connect(transport);
    try {
      return await play(client);
    } finally {
      if (transport.pid !== null) process.kill(transport.pid, 'SIGKILL');
      await client.close();
    }
  }

  test('a booking outlives its server between every two rounds', async () => {
    const first = await inNewProcess(withKey, (client) => client.play());
    const second = await inNewProcess(withKey, (client) => client.play(answering(first, adaTravels)));
    const last = await inNewProcess(withKey, (client) => client.play(answering(second, yes)));
    expect(last.text).toBe(booked);
    expect(ledger.read()).toEqual(['hold', 'book']);
  });

  test('without a key of its own, another process refuses the state, and nothing is booked', async () => {
    const first = await inNewProcess(withoutKey, (client) => client.play());
    const second = inNewProcess(withoutKey, (client) => client.play(answering(first, adaTravels)));
    await expect(second).rejects.toMatchObject(refused);
    expect(ledger.read()).toEqual([]);
  });
});
