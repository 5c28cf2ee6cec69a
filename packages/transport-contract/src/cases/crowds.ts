import { expect } from '@jest/globals';
import { label } from '../bench.js';
import { type ContractClient, textOf } from '../clients/contract-client.js';
import { accept } from '../clients/user.js';
import type { ContractCase } from './contract-case.js';

const guests = 50;

/** Many calls at once on one connection. */
export const crowds: readonly ContractCase[] = [
  {
    name: `keeps ${guests} concurrent calls apart`,
    async run(client, bench) {
      client.user.answer = ({ message }) => accept({ value: `guest of ${message.replace('?', '')}` });
      const names = Array.from({ length: guests }, label);
      const told = await Promise.all(names.map((name) => mingle(client, name)));
      expect(told.map(({ answer }) => answer)).toEqual(
        names.map((name) => `${name}: Hello guest of ${name}`),
      );
      expect(client.user.asked.toSorted()).toEqual(names.map((name) => `${name}?`).toSorted());
      for (const name of names) expect(bench.journal(name)).toEqual([`greeted guest of ${name}`]);
      // Clients drop progress that is read together with the answer, which a crowd makes likely: some, but no stranger's.
      const progress = told.flatMap(({ name, progress }) => progress.map((message) => ({ name, message })));
      expect(progress.length).toBeGreaterThan(guests);
      expect(progress.filter(({ name, message }) => !message.startsWith(name))).toEqual([]);
    },
  },
];

interface Told {
  name: string;
  answer: string;
  progress: string[];
}

async function mingle(client: ContractClient, name: string): Promise<Told> {
  const progress: string[] = [];
  const onprogress = ({ message = '' }: { message?: string }): void => {
    // The client of the new SDK adds ticks of its own for every round of questions.
    if (!message.startsWith('Fulfilling')) progress.push(message);
  };
  return { name, answer: textOf(await client.call('mingle', { label: name }, { onprogress })), progress };
}
