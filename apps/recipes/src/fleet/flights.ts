import { type Context, Ctx, McpServer, type McpServerOptions, Server, Tool } from '@reprise/core';

@Server({ name: 'flights', version: '1.0.0' })
export class Flights extends McpServer {
  constructor(
    private readonly airline: string,
    options: McpServerOptions,
  ) {
    super(options);
  }

  // #region fly
  @Tool({ description: 'Book a flight' })
  async fly(@Ctx() ctx: Context): Promise<string> {
    const to = await ctx.elicit('Where to?', ['Rome', 'Oslo'], { required: true });
    const hold = await ctx.step('hold', ({ idempotencyKey }) =>
      this.order(`hold/${to.data}`, idempotencyKey),
    );
    if (!(await ctx.confirm(`${hold} Book it?`))) return 'Nothing booked.';

    return ctx.step('book', ({ idempotencyKey }) => this.order(`book/${to.data}`, idempotencyKey));
  }

  private async order(what: string, idempotencyKey: string): Promise<string> {
    const headers = { 'idempotency-key': idempotencyKey };
    const answer = await fetch(new URL(what, this.airline), { method: 'POST', headers });
    if (!answer.ok) throw new Error(`The airline answered ${answer.status}.`);
    return answer.text();
  }
  // #endregion fly
}
