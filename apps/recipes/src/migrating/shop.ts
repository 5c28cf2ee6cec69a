import { Arg, Args, Context, Ctx, McpServer, Param, Prompt, Resource, Server, Tool } from '@reprise/core';
import { IsInt, IsNumber, IsString, Max, MaxLength, Min } from 'class-validator';
import { stock } from './stock.js';

// #region input
class Quantity {
  @IsString() @MaxLength(40) item!: string;
  @IsInt() @Min(1) @Max(99) pieces!: number;
}

class Price {
  @IsNumber() total!: number;
}
// #endregion input

// #region server
@Server({ name: 'shop', version: '1.0.0' })
export class Shop extends McpServer {
  // #region price
  @Tool({ description: 'What some pieces of an item cost' })
  price(@Args() { item, pieces }: Quantity): Price {
    return { total: stock.priceOf(item) * pieces };
  }
  // #endregion price

  // #region order
  @Tool({ description: 'Order an item' })
  async order(@Arg('item') item: string, @Ctx() ctx: Context): Promise<string> {
    const held = await ctx.step('hold', () => stock.hold(item));

    const sure = await ctx.confirm(`${held.price} €. Order it?`);
    if (!sure) return 'Nothing ordered.';

    return ctx.step('order', () => stock.order(held.id));
  }
  // #endregion order

  // #region others
  @Resource('item://{name}', { mimeType: 'text/plain' })
  item(@Param('name') name: string): string {
    return `${name}: ${stock.priceOf(name)} €`;
  }

  @Prompt({ description: 'Praise an item' })
  praise(@Arg('item') item: string): string {
    return `Praise ${item} in one sentence.`;
  }
  // #endregion others

  // #region progress
  @Tool({ description: 'Count the stock' })
  async count(@Ctx() ctx: Context): Promise<string> {
    for (const shelf of [1, 2, 3]) await ctx.reportProgress(shelf, 3, `Shelf ${shelf}`);
    await ctx.info('Counted.');
    return 'All is there.';
  }
  // #endregion progress
}
// #endregion server
