import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { eachEra, type TestClient } from '@reprise/testing';
import { InjectedShop, OrderTools, shopIn, StockService } from '../src/migrating/injected.js';
import { shopV1 } from '../src/migrating/official-v1.js';
import { shopV2 } from '../src/migrating/official-v2.js';
import { ShopWithZod } from '../src/migrating/reused-schema.js';
import { serve } from '../src/migrating/serve.js';
import { Shop } from '../src/migrating/shop.js';
import { effects } from '../src/migrating/stock.js';

process.env['REPRISE_LOG_LEVEL'] = 'error';
const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  effects.length = 0;
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const text = (words: string) => [{ type: 'text', text: words }];
const once = ['hold chair', 'order H-chair'];

describe('before', () => {
  test('the first SDK', async () => {
    const [mine, its] = InMemoryTransport.createLinkedPair();
    const server = shopV1();
    await server.connect(its);
    const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: { elicitation: {} } });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: {} }));
    await client.connect(mine);
    ends.push(() => client.close());

    const price = await client.callTool({ name: 'price', arguments: { item: 'chair', pieces: 2 } });
    expect(price.structuredContent).toEqual({ total: 100 });
    const order = await client.callTool({ name: 'order', arguments: { item: 'chair' } });
    expect(order.content).toEqual(text('Ordered H-chair.'));
    expect(effects).toEqual(once);
    expect((await client.readResource({ uri: 'item://chair' })).contents[0]).toMatchObject({
      text: 'chair: 50 €',
    });
    const praise = await client.getPrompt({ name: 'praise', arguments: { item: 'chair' } });
    expect(praise.messages[0]?.content).toMatchObject({ text: 'Praise chair in one sentence.' });
  });

  test('the second SDK', async () => {
    const handler = createMcpHandler(() => shopV2('a-key-of-the-shop-with-32-bytes-or-more'));
    ends.push(() => handler.close());
    const client = new ModernClient(
      { name: 'test', version: '1.0.0' },
      { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: {} }));
    const fetch = (to: string | URL, init?: RequestInit) => handler.fetch(new Request(to, init));
    await client.connect(new StreamableHTTPClientTransport(new URL('http://shop.example/mcp'), { fetch }));
    ends.push(() => client.close());
    const order = await client.callTool({ name: 'order', arguments: { item: 'chair' } });
    expect(order.content).toEqual(text('Ordered H-chair.'));
    expect(effects).toEqual(once);
  });
});

eachEra((connect) => {
  describe('after', () => {
    let client: TestClient;
    beforeEach(async () => {
      client = await connect(Shop);
      ends.push(() => client.close());
    });

    test('the same answers', async () => {
      expect(await client.call('price', { item: 'chair', pieces: 2 }).structured()).toEqual({ total: 100 });
      expect(await client.answers([true]).call('order', { item: 'chair' }).text()).toBe('Ordered H-chair.');
      expect(effects).toEqual(once);
      expect(await client.read('item://chair').text()).toBe('chair: 50 €');
      expect(await client.prompt('praise', { item: 'chair' }).text()).toBe('Praise chair in one sentence.');
    });

    test('the same refusals', async () => {
      expect(await client.call('price', { item: 'chair', pieces: 100 })).toMatchObject({ isError: true });
      expect(await client.call('price', { item: 'chair', pieces: '2' })).toMatchObject({ isError: true });
      expect(await client.answers([false]).call('order', { item: 'chair' }).text()).toBe('Nothing ordered.');
      expect(effects).toEqual(['hold chair']);
    });

    test('progress and logs', async () => {
      const call = client.call('count');
      expect(await call.text()).toBe('All is there.');
      expect(call.progress.map(({ progress }) => progress)).toEqual([1, 2, 3]);
      expect(call.logs.map(({ data }) => data)).toEqual(['Counted.']);
    });
  });

  test('a container makes the components', async () => {
    const tools = new OrderTools(new StockService());
    const client = await connect(() => shopIn({ get: (cls) => (cls === OrderTools ? tools : new cls()) }));
    ends.push(() => client.close());
    expect(client.server).toBeInstanceOf(InjectedShop);
    expect(await client.answers([true]).call('order', { item: 'chair' }).text()).toBe('Ordered H-chair.');
    expect(effects).toEqual(once);
  });

  test('schemas may stay', async () => {
    const client = await connect(ShopWithZod);
    ends.push(() => client.close());
    expect(await client.call('price', { item: 'chair', pieces: 2 }).structured()).toEqual({ total: 100 });
    expect(await client.call('price', { item: 'chair', pieces: 100 })).toMatchObject({ isError: true });
  });
}, describe);

test('the shop over HTTP', async () => {
  const server = await serve(0);
  await server.stop();
  expect(server).toBeInstanceOf(Shop);
});
