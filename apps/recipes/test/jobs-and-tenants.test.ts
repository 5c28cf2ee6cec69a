import { afterEach, describe, expect, test } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { eachEra, RecordedLog, serve, type TestClient } from '@reprise/testing';
import { Archive } from '../src/long-jobs.js';
import { NotesServer, withKeys, withTokensOf } from '../src/tenants.js';

let client: TestClient | undefined;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  await client?.close();
  client = undefined;
  for (const end of ends.splice(0).reverse()) await end();
});

async function until(isSo: () => boolean): Promise<void> {
  for (let left = 500; left > 0 && !isSo(); left--) await new Promise((resolve) => setTimeout(resolve, 10));
}

eachEra((connect) => {
  describe('a long job', () => {
    // #region jobs
    test('tells how far it is', async () => {
      client = await connect(Archive);
      const call = client.call('copy', { files: ['a', 'b'] });
      expect(await call.text()).toBe('2 files copied.');
      expect(call.progress.map(({ progress, message }) => [progress, message])).toEqual([
        [0, 'a'],
        [1, 'b'],
        [2, undefined],
      ]);
    });

    test('ends when the client cancels', async () => {
      client = await connect(Archive);
      const controller = new AbortController();
      const call = client.call('copy', { files: ['a', 'slow', 'b'] }, { signal: controller.signal });
      await until(() => call.progress.length === 2);
      controller.abort();
      await expect(call).rejects.toThrow();
      expect((client.server as Archive).copied).toEqual(['a']);
    });
    // #endregion jobs

    test('copies nothing twice when it asks in between', async () => {
      client = await connect(Archive);
      const call = client.answers([true]).call('copyInTwo', { files: ['a', 'b', 'c'] });
      expect(await call.text()).toBe('All is copied.');
      expect((client.server as Archive).copied).toEqual(['a', 'b', 'c']);
    });

    test('goes on behind its answer, and tells those who listen', async () => {
      client = await connect(Archive);
      const files = Array.from({ length: 100 }, (_, index) => `file ${index}`); // enough to listen in time
      // what the tool returns
      const { job } = (await client.call('copyLater', { files }).structured()) as {
        job: string;
      };
      await client.listen([job]);
      let state = '';
      for (let left = 2000; left > 0 && state !== 'done'; left--) {
        // what the resource returns
        ({ state } = JSON.parse(await client.read(job).text()) as { state: string });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(state).toBe('done');
      expect(client.notifications.some(({ method }) => method === 'notifications/resources/updated')).toBe(
        true,
      );
    });
  });

  describe('tenants', () => {
    // #region tenants
    test('see their own notes only, also of the same name', async () => {
      const served = await serve(NotesServer);
      ends.push(() => served.stop());
      const of = (tenant: string) => connectTo(served, tenant);
      const [north, south] = [await of('north'), await of('south')];
      await north.call('write', { title: 'plan', body: 'north' });
      await south.call('write', { title: 'plan', body: 'south' });
      expect(await north.read('note://plan').text()).toBe('north');
      expect(await north.answers([true]).call('remove', { title: 'plan' }).text()).toBe('Removed: plan.');
      expect(await north.read('note://plan').text()).toBe('No such note.');
      expect(await south.read('note://plan').text()).toBe('south');
      await Promise.all([north.close(), south.close()]);
    });
    // #endregion tenants

    test('nobody gets in without one', async () => {
      client = await connect(NotesServer, { principal: { subject: 'ada' } });
      await expect(client.call('write', { title: 'a', body: 'b' })).rejects.toThrow('No tenant');
      await expect(client.read('note://a')).rejects.toThrow('No tenant');
    });
  });

  const connectTo = (served: Awaited<ReturnType<typeof serve>>, tenant: string) =>
    served.connect({ principal: { subject: `somebody of ${tenant}`, claims: { tenant } } });
}, describe);

test('tenants by key, over HTTP', async () => {
  const http = withKeys((key) => ({ k1: 'north', k2: 'south' })[key], 0);
  const server = await new NotesServer({ logger: new RecordedLog() }).start(http);
  ends.push(() => server.stop());
  const open = async (key: string) => {
    const mine = new Client(
      { name: 'test', version: '1.0.0' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    const requestInit = { headers: { authorization: `Bearer ${key}` } };
    await mine.connect(new StreamableHTTPClientTransport(new URL(http.address), { requestInit }));
    ends.push(() => mine.close());
    return mine;
  };
  const [north, south] = [await open('k1'), await open('k2')];
  await north.callTool({ name: 'write', arguments: { title: 'keys', body: 'of north' } });
  const read = async (who: Client) => (await who.readResource({ uri: 'note://keys' })).contents[0];
  expect(await read(north)).toMatchObject({ text: 'of north' });
  expect(await read(south)).toMatchObject({ text: 'No such note.' });
  await expect(open('stolen')).rejects.toThrow();
  expect(withTokensOf('https://id.example', 0).name).toBe('streamable-http');
});
