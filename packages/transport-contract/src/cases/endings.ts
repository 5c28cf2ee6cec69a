import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Bench, label, until } from '../bench.js';
import { textOf } from '../clients/contract-client.js';
import type { ContractCase } from './contract-case.js';

/** Long enough for a message that must not come to have come. In milliseconds. */
const aWhile = 100;

/** How calls, connections and servers end. */
export const endings: readonly ContractCase[] = [
  {
    name: 'cancels a call, and sends nothing about it afterwards',
    async run(client, bench) {
      const mine = label();
      const cancel = new AbortController();
      const told: string[] = [];
      const onprogress = ({ message = '' }: { message?: string }): void => void told.push(message);
      const end = endOf(client.call('wait', { label: mine }, { signal: cancel.signal, onprogress }));
      await until(() => told.includes('waiting'), 'the call says that it waits');
      await bench.wrote(mine, 'began');
      client.user.refresh();
      cancel.abort('changed my mind');
      expect(await end).toBe('refused');
      await bench.wrote(mine, 'aborted');
      await delay(aWhile);
      expect(bench.journal(mine)).toEqual(['began', 'aborted']);
      // An answer or progress that nobody waits for would be a complaint about something unknown.
      expect(client.user.complaints.filter((complaint) => /unknown/i.test(complaint))).toEqual([]);
      expect(client.user.logs).toEqual([]);
      expect(textOf(await client.call('echo', { text: 'still here' }))).toBe('still here');
    },
  },
  {
    name: 'tells the server of legacy clients that come and go',
    async run(client, bench) {
      if (client.era === 'modern') return; // it has no session
      const guest = await bench.connect();
      const { structuredContent } = await guest.call('origin');
      const { session } = structuredContent as { session: string }; // see the contract server
      await bench.wrote(session, `${bench.kind} came`);
      await guest.close();
      await bench.wrote(session, 'left');
      expect(bench.journal(session)).toEqual([`${bench.kind} came`, 'left']);
    },
  },
  {
    name: 'aborts the calls of a client that goes away',
    async run(client, bench) {
      const mine = label();
      const leaver = await bench.connect();
      const end = endOf(leaver.call('wait', { label: mine }));
      await bench.wrote(mine, 'began');
      await leaver.close();
      expect(await end).toBe('refused');
      await bench.wrote(mine, 'aborted');
      if (bench.endpoint.manyClients)
        expect(textOf(await client.call('echo', { text: 'I stay' }))).toBe('I stay');
    },
  },
  {
    name: 'stops gracefully: running calls end, new ones are refused, nothing is left',
    async run(_client, { adapter, kind }) {
      const bench = await Bench.open(adapter, kind);
      try {
        await stopGracefully(bench);
      } finally {
        await bench.close();
      }
    },
  },
];

async function stopGracefully(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const [mine, late] = [label(), label()];
  const running = client.call('hold', { label: mine, ms: 500 });
  await bench.wrote(mine, 'began');
  const stopped = bench.endpoint.stop();
  await delay(aWhile);
  const end = endOf(client.call('hold', { label: late, ms: 0 }));
  expect(textOf(await running)).toBe(`held ${mine}`);
  await stopped;
  expect(await end).toBe('refused');
  expect(bench.journal(late)).toEqual([]);
  await until(() => bench.endpoint.gone(), 'nothing is left of the server');
}

/** Waits for a call without leaving its rejection unhandled meanwhile. */
function endOf(call: Promise<unknown>): Promise<'answered' | 'refused'> {
  return call.then(
    () => 'answered',
    () => 'refused',
  );
}
