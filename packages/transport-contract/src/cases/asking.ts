import { expect } from '@jest/globals';
import { label } from '../bench.js';
import { textOf } from '../clients/contract-client.js';
import { accept } from '../clients/user.js';
import type { ContractCase } from './contract-case.js';

const missingCapability = -32021;

/** Calls that ask the user, the model, or the client. */
export const asking: readonly ContractCase[] = [
  {
    name: 'asks one question',
    async run(client, bench) {
      const mine = label();
      const { user } = client;
      let fields: readonly string[] = [];
      user.answer = (question) => {
        fields = question.fields;
        return accept({ name: 'Grace', age: 85 });
      };
      expect(textOf(await client.call('introduce', { label: mine }))).toBe('Hello Grace, 85');
      expect(fields).toEqual(['name', 'age']);
      expect(user.asked).toEqual([`${mine}: who are you?`]);
      expect(bench.journal(mine)).toEqual(['greeted Grace, 85']);
    },
  },
  {
    name: 'asks two questions in sequence',
    async run(client, bench) {
      const mine = label();
      const { user } = client;
      user.answer = ({ message }) => accept({ value: message.endsWith('right?') ? true : 'Ada' });
      expect(textOf(await client.call('interview', { label: mine }))).toBe('Ada is right');
      expect(user.asked).toEqual([`${mine}: your name?`, `${mine}: Hello Ada, is that right?`]);
      expect(user.mostOpenQuestions).toBe(1);
      expect(bench.journal(mine)).toEqual(['greeted Ada']);
    },
  },
  {
    name: 'asks two questions at once',
    async run(client, bench) {
      const mine = label();
      const { user } = client;
      user.answer = ({ message }) => accept({ value: message.endsWith('left?') ? 'Ada' : 'Grace' });
      expect(textOf(await client.call('panel', { label: mine }))).toBe('Hello Ada and Grace');
      expect(user.asked.toSorted()).toEqual([`${mine}: left?`, `${mine}: right?`]);
      expect(user.mostOpenQuestions).toBe(2);
      expect(bench.journal(mine)).toEqual(['greeted Ada and Grace']);
    },
  },
  {
    name: 'tells a handler that the user declined or cancelled',
    async run(client, bench) {
      const mine = label();
      client.user.answer = () => ({ action: 'decline' });
      expect(textOf(await client.call('introduce', { label: mine }))).toBe('nobody: decline');
      client.user.answer = () => ({ action: 'cancel' });
      expect(textOf(await client.call('introduce', { label: mine }))).toBe('nobody: cancel');
      expect(bench.journal(mine)).toEqual([]);
    },
  },
  {
    name: 'asks again when the answer breaks a rule',
    async run(client, bench) {
      const mine = label();
      const ages = [-1, 36];
      client.user.answer = () => accept({ name: 'Ada', age: ages.shift() ?? 99 });
      expect(textOf(await client.call('introduce', { label: mine }))).toBe('Hello Ada, 36');
      expect(client.user.asked).toHaveLength(2);
      expect(bench.journal(mine)).toEqual(['greeted Ada, 36']);
    },
  },
  {
    name: "asks the client's model",
    async run(client) {
      expect(textOf(await client.call('ponder'))).toBe('a model says 42');
    },
  },
  {
    name: 'asks for the roots',
    async run(client) {
      expect(textOf(await client.call('folders'))).toBe('file:///work');
    },
  },
  {
    name: 'refuses a call whose question the client cannot answer',
    async run(_client, bench) {
      const mute = await bench.connect({ answers: false });
      const call = mute.call('introduce', { label: label() });
      if (mute.era === 'modern') await expect(call).rejects.toMatchObject({ code: missingCapability });
      else expect(await call).toMatchObject({ isError: true });
      expect(textOf(await mute.call('cautious'))).toBe('nobody to ask');
      await mute.close();
    },
  },
];
