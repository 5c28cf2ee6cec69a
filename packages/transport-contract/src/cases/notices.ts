import { expect } from '@jest/globals';
import { until } from '../bench.js';
import type { ContractCase } from './contract-case.js';

const uri = 'contract://greeting';
const lists = ['prompts', 'resources', 'tools'];

/** What a server tells without being asked. */
export const notices: readonly ContractCase[] = [
  {
    name: 'tells of changes to those who want to know, and nothing else',
    async run(client) {
      const { user } = client;
      await client.watch(uri);
      await client.call('change', { uri: 'contract://notes/1' });
      await until(() => user.notices.length >= lists.length, 'the lists were said to have changed');
      await client.call('change', { uri });
      await until(() => user.notices.length >= 2 * lists.length + 1, 'the resource was said to have changed');
      expect(user.notices.toSorted()).toEqual([...lists, ...lists, `updated ${uri}`].toSorted());
    },
  },
];
