import { Arg, type Context, Ctx, McpServer, Server, Tool, ToolError } from '@reprise/core';

/** The service that takes the money; `idempotencyKey` makes a second try the same payment. */
export interface Bank {
  quote(invoice: string): Promise<{ id: string; total: number; payee: string }>;
  pay(quote: string, idempotencyKey: string): Promise<{ receipt: string }>;
}

@Server({ name: 'payments', version: '1.0.0' })
export class Payments extends McpServer {
  constructor(
    private readonly bank: Bank,
    ...options: ConstructorParameters<typeof McpServer>
  ) {
    super(...options);
  }

  // #region pay
  @Tool({ description: 'Pay an invoice', annotations: { destructiveHint: true } })
  async pay(@Arg('invoice') invoice: string, @Ctx() ctx: Context): Promise<string> {
    const quote = await ctx.step('quote', () => this.bank.quote(invoice));

    const sure = await ctx.confirm(`Pay ${quote.total.toFixed(2)} € to ${quote.payee}?`);
    if (!sure) return 'Nothing was paid.';

    const { receipt } = await ctx.step('pay', ({ idempotencyKey }) =>
      this.bank.pay(quote.id, idempotencyKey),
    );
    return `Paid. Receipt ${receipt}.`;
  }
  // #endregion pay

  // #region large
  @Tool({ description: 'Pay an invoice; large amounts are confirmed with the amount itself' })
  async payCarefully(@Arg('invoice') invoice: string, @Ctx() ctx: Context): Promise<string> {
    const quote = await ctx.step('quote', () => this.bank.quote(invoice));
    const typed = await ctx.elicit(`Type the amount to pay ${quote.payee}.`, Number, { required: true });
    if (typed.data !== quote.total) throw new ToolError('The amount is another one. Nothing was paid.');

    const { receipt } = await ctx.step('pay', ({ idempotencyKey }) =>
      this.bank.pay(quote.id, idempotencyKey),
    );
    return `Paid. Receipt ${receipt}.`;
  }
  // #endregion large
}
