import { Context, Ctx, McpServer, Server, Tool } from '@reprise/core';

/** What the handler of the home page reaches: every call is written down. */
export const calls: string[] = [];

const railway = {
  hold(seat: string): { id: string; price: number } {
    calls.push(`hold ${seat}`);
    return { id: `H-${seat}`, price: 49 };
  },
  book(id: string): string {
    calls.push(`book ${id}`);
    return `Booked: seat ${id.slice(2)}.`;
  },
};

@Server({ name: 'railway', version: '1.0.0' })
export class Railway extends McpServer {
  // #region seat
  @Tool({ description: 'Book a seat' })
  async seat(@Ctx() ctx: Context): Promise<string> {
    const seat = await ctx.elicit('Which seat?', ['7A', '8C'], { required: true });
    const hold = await ctx.step('hold', () => railway.hold(seat.data));
    const sure = await ctx.confirm(`${hold.price} € for seat ${seat.data}?`);
    if (!sure) return 'Nothing booked.';

    return ctx.step('book', () => railway.book(hold.id));
  }
  // #endregion seat
}
