import { expect } from '@jest/globals';
import { type Bench, label, until } from '../bench.js';
import { type ContractClient, textOf } from '../clients/contract-client.js';
import type { ContractCase } from './contract-case.js';

const uri = 'contract://greeting';

/** What a server offers may change while it runs. */
export const changing: readonly ContractCase[] = [
  {
    name: 'tells every client of a tool that is disabled, hides and refuses it, and offers it again',
    async run(_client, bench) {
      const [one, ...others] = await listeners(bench);
      if (one === undefined) throw new Error('nobody listens');
      expect(textOf(await one.call('offer', { name: 'order', offered: false }))).toBe('changed');
      await told([one, ...others], 1);
      expect(await names(one)).not.toContain('order');
      await expect(one.call('order', { lines: [] })).rejects.toMatchObject({ code: -32602 });
      await one.call('offer', { name: 'order', offered: true });
      await told([one, ...others], 2);
      expect(await names(one)).toContain('order');
      expect(textOf(await one.call('order', { lines: [] }))).toBe('');
      await Promise.all([one, ...others].map((client) => client.close()));
    },
  },
  {
    name: 'lets a call end whose tool was disabled meanwhile',
    async run(_client, bench) {
      const client = await bench.connect();
      const mine = label();
      const running = client.call('hold', { label: mine, ms: 300 });
      await bench.wrote(mine, 'began');
      await client.call('offer', { name: 'hold', offered: false });
      expect(await names(client)).not.toContain('hold');
      expect(textOf(await running)).toBe(`held ${mine}`);
      await client.call('offer', { name: 'hold', offered: true });
      await client.close();
    },
  },
];

/** Clients that hear of changes: two of one server, where it can have two. */
async function listeners(bench: Bench): Promise<ContractClient[]> {
  const clients = [await bench.connect()];
  if (bench.endpoint.manyClients) clients.push(await bench.connect());
  for (const client of clients) await client.watch(uri);
  return clients;
}

/** Waits until each has heard of the tools that often, and of nothing else. */
async function told(clients: readonly ContractClient[], times: number): Promise<void> {
  for (const { user } of clients) {
    await until(() => user.notices.length >= times, 'the list of tools was said to have changed');
    expect(user.notices).toEqual(Array.from({ length: times }, () => 'tools'));
  }
}

async function names(client: ContractClient): Promise<string[]> {
  return (await client.listTools()).tools.map(({ name }) => name);
}
