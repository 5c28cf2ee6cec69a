import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { connect, eachEra, type TestClient } from '@reprise/testing';
import { Contacts, type Person } from '../src/asking/contacts.js';
import { ownModel, Support, supportWithModel } from '../src/asking/summaries.js';

process.env['REPRISE_LOG_LEVEL'] = 'error';
let client: TestClient;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  await client.close();
  for (const end of ends.splice(0)) await end();
});

const people: Person[] = [
  { id: '11', name: 'Ada', city: 'Rome' },
  { id: '12', name: 'Ada', city: 'Oslo' },
  { id: '20', name: 'Bo', city: 'Oslo' },
];

eachEra((connect) => {
  describe('pick from a list', () => {
    // #region pick
    let searches = 0;
    /** Finds them in another order each time, as an index under load does. */
    const search = async (name: string) => {
      const found = people.filter((person) => person.name === name);
      return searches++ % 2 === 0 ? found : found.reverse();
    };
    const contacts = () => connect((options) => new Contacts(search, options));

    test('of several the user picks one, by its title', async () => {
      client = await contacts();
      const call = client.answers(['12']).call('telephone', { name: 'Ada' });
      expect(await call.text()).toBe('extension 12');
      call.steps('search').ranOnce();
      expect(JSON.stringify(call.questions[0])).toContain('Ada, Rome');
    });
    // #endregion pick

    test('one is no question, none is an error', async () => {
      client = await contacts();
      expect(await client.call('telephone', { name: 'Bo' }).text()).toBe('extension 20');
      expect(await client.call('telephone', { name: 'Cy' })).toMatchObject({ isError: true });
    });
  });

  describe('a model', () => {
    // #region model
    const wise = () => JSON.stringify({ summary: 'The shop is down.', urgency: 'high' });

    test('of the client; the user has the last word', async () => {
      client = await connect((options) => new Support(options));
      client.model([wise()]).answers([true]);
      expect(await client.call('triage', { complaint: 'Nothing works!' }).text()).toBe('The shop is down.');
      expect((client.server as Support).paged).toEqual(['The shop is down.']);
    });

    test('without one the answer says so', async () => {
      client = await connect((options) => new Support(options), {
        capabilities: { elicitation: { form: {} } },
      });
      const answer = await client.call('triage', { complaint: 'Nothing works!' });
      expect(answer).toMatchObject({
        isError: true,
        content: [{ text: expect.stringContaining('Neither') }],
      });
    });
    // #endregion model

    test('of the server, asked once in all rounds', async () => {
      const asked: unknown[] = [];
      const service = createServer((req, res) => {
        asked.push(req.headers.authorization);
        req.resume();
        res
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ text: wise(), model: 'small' }));
      });
      await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
      ends.push(() => service.close());
      // it listens on a port
      const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
      client = await connect(
        (options) => new Support({ ...options, sampling: { handler: ownModel(url, 'k') } }),
        {
          capabilities: { elicitation: { form: {} } },
        },
      );
      expect(await client.answers([false]).call('triage', { complaint: 'Help' }).text()).toBe(
        'The shop is down.',
      );
      expect(asked).toEqual(['Bearer k']);
    });
  });
}, describe);

test('the server with a model of its own', async () => {
  client = await connect(supportWithModel('http://127.0.0.1:1', 'k'));
  expect((await client.tools()).map(({ name }) => name)).toEqual(['triage']);
});
