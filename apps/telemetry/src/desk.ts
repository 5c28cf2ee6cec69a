import { Arg, Context, Ctx, McpServer, Server, Tool, ToolError } from '@reprise/core';
import { trace } from '@opentelemetry/api';

/** A server that does one of everything that can be seen: it asks, samples, steps, logs, tells of changes, and fails. */
@Server({ name: 'observed-desk', version: '1.0.0' })
export class ObservedDesk extends McpServer {
  // #region handler
  @Tool({ description: 'Book a seat' })
  async book(@Arg('city') city: string, @Ctx() ctx: Context): Promise<string> {
    const seat = await ctx.step('hold', () => hold(city));
    await ctx.info({ seat, trace: ctx.trace?.traceId }, { logger: 'booking' });
    if (!(await ctx.confirm(`Seat ${seat} to ${city}?`))) return 'Nothing booked.';
    const { text } = await ctx.sample(`A wish for a trip to ${city}`);
    ctx.notifyResourceUpdated('seats://free');
    return `${seat}: ${text}`;
  }
  // #endregion handler

  @Tool({ description: 'Refuses whatever it is asked' })
  refuse(): string {
    throw new ToolError('Sold out.');
  }
}

// #region own-span
/** Spans of your own, and those of instrumented libraries, stand below the step that they belong to. */
async function hold(city: string): Promise<string> {
  return trace.getTracer('airline').startActiveSpan('POST /holds', async (span) => {
    span.setAttribute('city', city);
    span.end();
    return '12A';
  });
}
// #endregion own-span
