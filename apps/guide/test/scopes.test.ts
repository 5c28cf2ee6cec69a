import { afterEach, describe, expect, test } from '@jest/globals';
import { bothEras, start, textOf } from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { ScopedLibrary } from '../src/authorization/scopes.js';

const running: { stop(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

describe.each(bothEras)('the page on scopes, %s', (kind) => {
  async function connect(...scopes: string[]) {
    const started = await start(new ScopedLibrary({ logger: new RecordedLog() }));
    running.push(started);
    return started.connect(kind, { auth: { token: 't', clientId: 'desk', scopes, extra: { sub: 'ada' } } });
  }

  test('lists and calls, by what the caller may', async () => {
    const guest = await connect();
    const tools = (client: typeof guest.client) =>
      client.listTools().then((list) => list.tools.map(({ name }) => name));
    expect(await tools(guest.client)).toEqual(['search', 'renew']);
    expect((await guest.client.listResources()).resources).toEqual([]);
    expect((await guest.client.listPrompts()).prompts).toEqual([]);

    const clerk = await connect('stock:write', 'loans:read');
    expect(await tools(clerk.client)).toEqual(['search', 'add', 'renew']);
    expect(textOf(await clerk.call('add', { title: 'Emma' }))).toBe('Emma is on the shelf.');
    expect((await clerk.client.readResource({ uri: 'library://loans' })).contents).toHaveLength(1);
    expect(
      (await clerk.client.getPrompt({ name: 'reminder', arguments: { reader: 'Ben' } })).messages,
    ).toHaveLength(1);
  });

  test('the refusal, also of what a handler calls', async () => {
    const { call } = await connect('stock:write');
    const refusal = {
      code: -32006,
      data: {
        reason: 'insufficient_scope',
        requiredScopes: ['stock:write', 'stock:delete'],
        missingScopes: ['stock:delete'],
      },
    };
    await expect(call('discard', { title: 'Emma' })).rejects.toMatchObject(refusal);
    await expect(call('renew', { title: 'Emma' })).rejects.toMatchObject(refusal);
    const chief = await connect('stock:write', 'stock:delete');
    expect(textOf(await chief.call('renew', { title: 'Emma' }))).toBe('Emma is new.');
  });
});
