import { Args, McpServer, Server, Tool } from '@reprise/core';
import { z } from 'zod';
import { stock } from './stock.js';

// #region schema
const quantity = z.object({ item: z.string().max(40), pieces: z.int().min(1).max(99) });
const price = z.object({ total: z.number() });

@Server({ name: 'shop', version: '1.0.0' })
export class ShopWithZod extends McpServer {
  @Tool({ description: 'What some pieces of an item cost', input: quantity, output: price })
  price(@Args() { item, pieces }: z.infer<typeof quantity>) {
    return { total: stock.priceOf(item) * pieces };
  }
}
// #endregion schema
