import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { stock } from './stock.js';

/** The shop on `@modelcontextprotocol/sdk`: one `McpServer` for each connection. */
export function shopV1(): McpServer {
  const server = new McpServer({ name: 'shop', version: '1.0.0' });

  // #region price
  server.registerTool(
    'price',
    {
      description: 'What some pieces of an item cost',
      inputSchema: { item: z.string().max(40), pieces: z.int().min(1).max(99) },
      outputSchema: { total: z.number() },
    },
    ({ item, pieces }) => {
      const price = { total: stock.priceOf(item) * pieces };
      return { content: [{ type: 'text', text: JSON.stringify(price) }], structuredContent: price };
    },
  );
  // #endregion price

  // #region order
  server.registerTool(
    'order',
    { description: 'Order an item', inputSchema: { item: z.string() } },
    async ({ item }) => {
      const held = await stock.hold(item);
      const answer = await server.server.elicitInput({
        message: `${held.price} €. Order it?`,
        requestedSchema: { type: 'object', properties: {} },
      });
      const text = answer.action === 'accept' ? await stock.order(held.id) : 'Nothing ordered.';
      return { content: [{ type: 'text', text }] };
    },
  );
  // #endregion order

  // #region others
  server.registerResource(
    'item',
    new ResourceTemplate('item://{name}', { list: undefined }),
    { mimeType: 'text/plain' },
    (uri, { name }) => ({
      contents: [
        { uri: uri.href, mimeType: 'text/plain', text: `${String(name)}: ${stock.priceOf(String(name))} €` },
      ],
    }),
  );

  server.registerPrompt(
    'praise',
    { description: 'Praise an item', argsSchema: { item: z.string() } },
    ({ item }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: `Praise ${item} in one sentence.` } }],
    }),
  );
  // #endregion others
  return server;
}
