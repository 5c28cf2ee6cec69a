import { Args, Context, Ctx, Integer, McpServer, Param, Prompt, Resource, Server, Tool } from '@reprise/core';
import { IsEmail, IsString } from 'class-validator';

export class Trip {
  @IsString() destination!: string;
}

export class Traveller {
  @IsString() name!: string;
  @IsEmail() email!: string;
}

@Server({ name: 'trip-desk', version: '1.0.0' })
export class TripDesk extends McpServer {
  @Tool({ description: 'Books a trip' })
  async book(@Args() { destination }: Trip, @Ctx() ctx: Context): Promise<string> {
    await ctx.info('looking');
    await ctx.reportProgress(1, 2, 'looking');
    const who = await ctx.elicit('Who travels?', Traveller);
    if (who.action !== 'accept') return 'Nothing booked.';
    const price = await ctx.step('hold', () => 100);
    const sure = await ctx.confirm(`${price} € to ${destination}. Book it?`);
    if (!sure) return 'Nothing booked.';
    return ctx.step('book', () => `Booked for ${who.data.name}.`);
  }

  @Tool({ description: 'Asks two things at once' })
  async both(@Ctx() ctx: Context): Promise<string> {
    const [nights, city] = await Promise.all([
      ctx.elicit('How many nights?', Integer, { required: true }),
      ctx.elicit('Where to?', String, { required: true }),
    ]);
    return `${nights.data} in ${city.data}`;
  }

  @Tool({ description: 'Does its work outside of what is remembered' })
  async twice(@Ctx() ctx: Context): Promise<string> {
    await ctx.step('a', () => 1);
    await ctx.step('a', () => 2);
    return 'done';
  }

  @Tool({ description: 'Asks the model' })
  async portray(@Ctx() ctx: Context): Promise<string> {
    const said = await ctx.sample('Describe Rome');
    return said.text;
  }

  @Tool({ description: 'Hides what its user did' })
  async stubborn(@Ctx() ctx: Context): Promise<string> {
    try {
      await ctx.confirm('Really?');
    } catch {
      return 'anyway';
    }
    return 'yes';
  }

  @Tool({ description: 'Fails inside' })
  broken(): string {
    throw new RangeError('secret');
  }

  @Tool({ description: 'Who calls' })
  whoami(@Ctx() ctx: Context): string {
    return JSON.stringify([ctx.principal?.subject, ctx.principal?.clientId, ctx.principal?.scopes]);
  }

  @Tool({ description: 'Hides itself' })
  hide(@Ctx() ctx: Context): { hidden: boolean } {
    ctx.server.disable('twice');
    return { hidden: true };
  }

  @Tool({ description: 'Waits a week' })
  async late(@Ctx() ctx: Context): Promise<string> {
    const sure = await ctx.confirm('Start the week?');
    if (!sure) return 'not now';
    const from = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 7 * 24 * 3_600_000));
    return `${(Date.now() - from) / 3_600_000} hours later`;
  }

  @Resource('city://{name}/guide')
  async guide(@Param('name') name: string, @Ctx() ctx: Context): Promise<string> {
    const long = await ctx.confirm('The long one?');
    return long ? `All about ${name}` : name;
  }

  @Resource('city://list')
  list(): string {
    return 'Rome';
  }

  @Prompt({ description: 'Plans a weekend' })
  weekend(@Args() { destination }: Trip): string {
    return `Plan a weekend in ${destination}.`;
  }
}
