import { expect } from '@jest/globals';
import { label, until } from '../bench.js';
import { textOf } from '../clients/contract-client.js';
import type { ContractCase } from './contract-case.js';

const invalidParams = -32602;

/** Calls that ask nothing. */
export const calling: readonly ContractCase[] = [
  {
    name: 'calls a tool',
    async run(client) {
      const result = await client.call('echo', { text: 'Grüße, 世界\n2' });
      expect(textOf(result)).toBe('Grüße, 世界\n2');
      expect(result.isError ?? false).toBe(false);
    },
  },
  {
    name: 'carries a large argument and a large result',
    async run(client) {
      const text = 'x'.repeat(1_000_000);
      expect(textOf(await client.call('echo', { text })) === text).toBe(true);
    },
  },
  {
    name: 'tells a handler how the call came',
    async run(client, bench) {
      const { structuredContent } = await client.call('origin');
      expect(structuredContent).toMatchObject({ era: client.era, client: bench.kind });
    },
  },
  {
    name: 'refuses bad input with the path of each problem',
    async run(client) {
      const echo = await client.call('echo', { text: 5 });
      expect(echo.isError).toBe(true);
      expect(textOf(echo)).toContain('text');
      const lines = [
        { item: 'tea', amount: 2 },
        { item: 'milk', amount: 0 },
      ];
      const order = await client.call('order', { lines });
      expect(order.isError).toBe(true);
      expect(textOf(order)).toContain('lines[1].amount');
    },
  },
  {
    name: 'refuses a property nobody declared',
    async run(client) {
      const result = await client.call('echo', { text: 'a', shout: true });
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain('shout');
    },
  },
  {
    name: 'passes on the refusal of a handler',
    async run(client) {
      const result = await client.call('refuse');
      expect(result.isError).toBe(true);
      expect(textOf(result)).toBe('Not today.');
    },
  },
  {
    name: 'refuses a tool nobody knows',
    async run(client) {
      await expect(client.call('nothing')).rejects.toMatchObject({ code: invalidParams });
    },
  },
  {
    name: 'reports progress in order, the last before the answer',
    async run(client) {
      const mine = label();
      const seen: unknown[] = [];
      const onprogress = ({
        progress,
        total,
        message,
      }: {
        progress: number;
        total?: number;
        message?: string;
      }): void => void seen.push([progress, total, message]);
      expect(textOf(await client.call('count', { label: mine, to: 3 }, { onprogress }))).toBe('counted to 3');
      expect(seen).toEqual([1, 2, 3].map((step) => [step, 3, `${mine} ${step}`]));
    },
  },
  {
    name: 'sends log messages of the wanted level',
    async run(client) {
      const mine = label();
      await client.call('speak', { label: mine }, { logLevel: 'warning' });
      await until(() => client.user.logs.length > 0, 'a log message came');
      expect(client.user.logs).toEqual([
        { level: 'warning', logger: 'contract', data: { label: mine, loud: true } },
      ]);
      client.user.logs.length = 0;
      await client.call('speak', { label: mine }, { logLevel: 'debug' });
      await until(() => client.user.logs.length > 1, 'both log messages came');
      expect(client.user.logs.map((log) => log.level)).toEqual(['debug', 'warning']);
    },
  },
];
