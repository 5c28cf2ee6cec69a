import { setTimeout as delay } from 'node:timers/promises';
import { Args, Context, Ctx, SessionUnavailableError, Tool } from '@reprise/core';
import { IsString } from 'class-validator';
import { Labelled } from './arguments.js';

export class Owned extends Labelled {
  @IsString() owner!: string;
}

/** What one call has seen of all that should be its own, or its client's. */
export interface Seen {
  answers: string[];
  state: unknown;
  /** Of the Context that code below the handler finds. */
  current: unknown;
  /** What the session said when the call began and when it ended; `none` where there is no session. */
  session: unknown[];
}

/** At most so long a call sleeps between two things it does, so that calls overtake each other. In milliseconds. */
const nap = 15;

@Tool({ name: 'belongings', description: 'Everything that a call has of its own, mixed' })
export class Belongings {
  async execute(@Args() { label, owner }: Owned, @Ctx() ctx: Context): Promise<Seen> {
    ctx.state.set('label', label);
    const begins = await sessionOf(ctx, owner);
    await ctx.reportProgress(1, 3, `${label} arrives`);
    await ctx.info({ label, at: 'arrival' });
    await ctx.step('nap', () => delay(Math.random() * nap));
    const first = await ctx.elicit(`${label}: first?`, String, { required: true });
    await ctx.reportProgress(2, 3, `${label} stays`);
    await ctx.info({ label, at: 'stay' });
    await ctx.step('longer nap', () => delay(Math.random() * 2 * nap));
    const second = await ctx.elicit(`${label}: after ${first.data}?`, String, { required: true });
    await ctx.reportProgress(3, 3, `${label} leaves`);
    await ctx.info({ label, at: 'departure' });
    await ctx.step('last nap', () => delay(nap + Math.random() * nap));
    return {
      answers: [first.data, second.data],
      state: ctx.state.get('label'),
      current: Context.current()?.state.get('label'),
      session: [begins, await sessionOf(ctx, owner)],
    };
  }
}

/** Whose session this is by what was written there, before the owner's name is written there. */
async function sessionOf(ctx: Context, owner: string): Promise<unknown> {
  try {
    const found = await ctx.session.get('owner');
    await ctx.session.set('owner', owner);
    return found ?? 'new';
  } catch (thrown) {
    if (thrown instanceof SessionUnavailableError) return 'none';
    throw thrown;
  }
}
