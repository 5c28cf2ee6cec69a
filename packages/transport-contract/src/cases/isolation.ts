import { expect } from '@jest/globals';
import { type Bench, label } from '../bench.js';
import { type ContractClient, textOf } from '../clients/contract-client.js';
import { accept } from '../clients/user.js';
import type { Seen } from '../server/belongings.js';
import type { ContractCase } from './contract-case.js';

const calls = 200;
/** Where each client has a process of its own, twenty of them would be a test of the machine. */
const clientsOf = ({ endpoint }: Bench): number => (endpoint.manyClients ? 20 : 5);

/** Many clients with many calls each: what belongs to one must not show at another. */
export const isolation: readonly ContractCase[] = [
  {
    name: `keeps state, sessions, logs, progress and questions of ${calls} concurrent calls with their owners`,
    kinds: ['v1', 'v2 pinned 2026-07-28'],
    async run(_client, bench) {
      const count = clientsOf(bench);
      const owners = await Promise.all(Array.from({ length: count }, () => Owner.arrive(bench)));
      const told = await Promise.all(
        owners.flatMap((owner) => Array.from({ length: calls / count }, () => owner.call())),
      );
      for (const { owner, name, seen } of told) {
        const answers = [`${name}: first?`, `${name}: after ${owner.signed(`${name}: first?`)}?`];
        expect(seen).toMatchObject({
          answers: answers.map((question) => owner.signed(question)),
          state: name,
          current: name,
        });
        const [begins, ends] = seen.session;
        expect(['new', owner.session]).toContain(begins);
        expect(ends).toBe(owner.session);
      }
      for (const owner of owners) owner.check();
      for (const { name, progress } of told)
        expect(progress.filter((message) => !message.startsWith(`${name} `))).toEqual([]);
      const heard = told.flatMap(({ progress }) => progress);
      const late = owners.flatMap(({ client }) => client.user.complaints);
      expect(heard.length + late.length).toBe(3 * calls);
      await Promise.all(owners.map((owner) => owner.client.close()));
    },
  },
];

interface Told {
  owner: Owner;
  name: string;
  seen: Seen;
  progress: string[];
}

/** A client that signs every answer, and knows which calls it made. */
class Owner {
  readonly #name = label();
  readonly #calls: string[] = [];

  private constructor(readonly client: ContractClient) {
    client.user.answer = ({ message }) => accept({ value: this.signed(message) });
  }

  static async arrive(bench: Bench): Promise<Owner> {
    const client = await bench.connect();
    if (client.era === 'legacy') await client.call('echo', { text: 'from now on' }, { logLevel: 'info' });
    return new Owner(client);
  }

  /** How this client answers a question. */
  signed(question: string): string {
    return `${this.#name} on ${question.replaceAll('?', '')}`;
  }

  /** What a call of this client finds in its session, where there is one. */
  get session(): string {
    return this.client.era === 'legacy' ? this.#name : 'none';
  }

  async call(): Promise<Told> {
    const name = label();
    this.#calls.push(name);
    const progress: string[] = [];
    const onprogress = ({ message = '' }: { message?: string }): void => {
      // The client of the new SDK adds ticks of its own for every round of questions.
      if (!message.startsWith('Fulfilling')) progress.push(message);
    };
    const logLevel = this.client.era === 'modern' ? { logLevel: 'info' as const } : {};
    const args = { label: name, owner: this.#name };
    const answer = await this.client.call('belongings', args, { onprogress, ...logLevel });
    // The server's own class made it.
    return { owner: this, name, seen: JSON.parse(textOf(answer)) as Seen, progress };
  }

  /** Every question and every log message of this client's calls came here, once, and none of another's. */
  check(): void {
    const { user } = this.client;
    const first = this.#calls.map((name) => `${name}: first?`);
    const second = this.#calls.map((name) => `${name}: after ${this.signed(`${name}: first?`)}?`);
    expect(user.asked.toSorted()).toEqual([...first, ...second].toSorted());
    const logs = user.logs.map(({ data }) => JSON.stringify(data));
    const all = this.#calls.flatMap((name) =>
      ['arrival', 'stay', 'departure'].map((at) => JSON.stringify({ label: name, at })),
    );
    expect(logs.toSorted()).toEqual(all.toSorted());
    expect(user.notices).toEqual([]);
    // Clients do not know progress any more that they read together with the answer, but whose it was shows.
    const own = new RegExp(`progress notification .*(${this.#calls.join('|')}) `);
    expect(user.complaints.filter((complaint) => !own.test(complaint))).toEqual([]);
  }
}
