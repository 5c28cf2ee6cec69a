import {
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  McpServer,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { stock } from './stock.js';

type Held = Awaited<ReturnType<typeof stock.hold>>;

/** The shop on `@modelcontextprotocol/server`, for both eras: a handler that is entered once for each round. */
export function shopV2(key: string): McpServer {
  // #region order
  const codec = createRequestStateCodec<Held>({ key, ttlSeconds: 600 });
  const server = new McpServer(
    { name: 'shop', version: '1.0.0' },
    { requestState: { verify: (state, ctx) => codec.verify(state, ctx) } },
  );

  server.registerTool(
    'order',
    { description: 'Order an item', inputSchema: z.object({ item: z.string() }) },
    async ({ item }, ctx) => {
      const held = ctx.mcpReq.requestState<Held>();
      const answer = inputResponse(ctx.mcpReq.inputResponses, 'sure');
      if (held === undefined || answer.kind !== 'elicit') {
        const holding = held ?? (await stock.hold(item));
        const sure = inputRequired.elicit({
          message: `${holding.price} €. Order it?`,
          requestedSchema: { type: 'object', properties: {} },
        });
        return inputRequired({ inputRequests: { sure }, requestState: await codec.mint(holding) });
      }
      const text = answer.action === 'accept' ? await stock.order(held.id) : 'Nothing ordered.';
      return { content: [{ type: 'text', text }] };
    },
  );
  // #endregion order
  return server;
}
