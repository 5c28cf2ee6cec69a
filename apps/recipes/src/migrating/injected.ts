import { Arg, type Container, type Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { stock } from './stock.js';

/** A service as an application has it already. */
export class StockService {
  hold(item: string) {
    return stock.hold(item);
  }
  order(id: string) {
    return stock.order(id);
  }
}

// #region component
export class OrderTools {
  constructor(private readonly stock: StockService) {}

  @Tool({ description: 'Order an item' })
  async order(@Arg('item') item: string, @Ctx() ctx: Context): Promise<string> {
    const held = await ctx.step('hold', () => this.stock.hold(item));
    if (!(await ctx.confirm(`${held.price} €. Order it?`))) return 'Nothing ordered.';
    return ctx.step('order', () => this.stock.order(held.id));
  }
}

@Server({ name: 'shop', version: '1.0.0', components: [OrderTools] })
export class InjectedShop extends McpServer {}
// #endregion component

// #region container
/** `app` is what `NestFactory.createApplicationContext(AppModule)` gives, or any other container. */
export const shopIn = (app: Container) => new InjectedShop({ container: { get: (cls) => app.get(cls) } });
// #endregion container
