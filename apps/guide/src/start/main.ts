import { Args, Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { stdio } from '@reprise/transport-stdio';
import { IsInt, IsString, Max, Min } from 'class-validator';

let orders = 0; // what really happens: somebody bakes

class Order {
  @IsString() cake!: string;
  @IsInt() @Min(1) @Max(12) slices!: number;
}

@Server({ name: 'bakery', version: '1.0.0' })
class Bakery extends McpServer {
  @Tool({ description: 'Order cake' })
  async order(@Args() { cake, slices }: Order, @Ctx() ctx: Context): Promise<string> {
    const when = await ctx.elicit('When will you come?', ['morning', 'afternoon'], { required: true });
    const number = await ctx.step('order', () => ++orders);
    const boxed = await ctx.confirm(`Order ${number} is taken. In a box?`);
    return `Order ${number}: ${slices} × ${cake}, ${when.data}${boxed ? ', in a box' : ''}.`;
  }
}

await new Bakery().start(stdio());
