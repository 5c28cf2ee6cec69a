import {
  Arg,
  Args,
  CapabilityError,
  Context,
  Ctx,
  McpServer,
  Prompt,
  Resource,
  Server,
  Tool,
  ToolError,
} from '@reprise/core';
import { IsInt, Max, Min } from 'class-validator';

export class Party {
  @IsInt() @Min(1) @Max(9) people!: number;
}

/** Handlers that ask in every shape. What they do in the world is counted in `effects`, outside of their memory. */
@Server({ name: 'asks', version: '1.0.0' })
export class Asks extends McpServer {
  readonly effects: string[] = [];
  /** Read by the handlers that are not deterministic. */
  volatile = 0;

  private effect(what: string): string {
    this.effects.push(what);
    return what;
  }

  @Tool()
  async sequence(@Ctx() ctx: Context) {
    const quote = await ctx.step('quote', () => ({ price: Math.random(), of: this.effect('quote') }));
    const first = await ctx.elicit(`First of ${quote.price}?`, String);
    const second = await ctx.elicit(`Second after ${JSON.stringify(first)}?`, String);
    const third = await ctx.elicit(`Third after ${JSON.stringify(second)}?`, String);
    await ctx.step('book', () => this.effect('book'));
    return `${quote.price} ${JSON.stringify(third)}`;
  }

  @Tool()
  async parallelBehindSteps(@Ctx() ctx: Context) {
    const lane = async (name: string, ms: number) => {
      await ctx.step(name, async () => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        this.effect(name);
      });
      return ctx.elicit(`${name}?`, Number);
    };
    return JSON.stringify(
      await Promise.all([lane('slow', 40), lane('fast', 1), ctx.elicit('direct?', Number)]),
    );
  }

  @Tool()
  async sameQuestionInALoop(@Arg('times') times: number, @Ctx() ctx: Context) {
    let sum = 0;
    for (let n = 0; n < times; n++) {
      const answer = await ctx.elicit('Number?', Number);
      if (answer.action !== 'accept') return `stopped at ${n}`;
      sum += answer.data;
    }
    return `sum ${sum}`;
  }

  @Tool()
  async oneKeyForMany(@Ctx() ctx: Context) {
    const a = async () => {
      await ctx.step('slow at first', () => new Promise<void>((resolve) => setTimeout(resolve, 20)));
      return ctx.elicit('a?', String, { key: 'name' });
    };
    const first = await Promise.all([a(), ctx.elicit('b?', String, { key: 'name' })]);
    return JSON.stringify([...first, await ctx.elicit('then?', String, { key: 'name' })]);
  }

  @Tool()
  async stepsInALoop(@Ctx() ctx: Context) {
    const values: string[] = [];
    for (let n = 0; n < 3; n++) {
      values.push(await ctx.step('same', () => this.effect(String(n))));
      await ctx.confirm('On?');
    }
    return values.join(',');
  }

  @Tool()
  async stepsInParallel(@Ctx() ctx: Context) {
    const lane = (id: number) => ctx.step('hold', () => id);
    return JSON.stringify(await Promise.all([lane(1), lane(2)]));
  }

  @Tool()
  async unawaited(@Ctx() ctx: Context) {
    const a = ctx.elicit('a?', String);
    const b = ctx.elicit('b?', String);
    const [first] = [await a];
    return JSON.stringify([first, await b]);
  }

  @Tool()
  async swallows(@Ctx() ctx: Context) {
    try {
      return JSON.stringify(await ctx.elicit('Swallowed?', String));
    } catch {
      await ctx.step('in catch', () => this.effect('catch')).catch(() => {});
      return 'swallowed';
    } finally {
      this.effect('finally');
    }
  }

  @Tool()
  async validated(@Ctx() ctx: Context) {
    await ctx.step('before', () => this.effect('before'));
    const party = await ctx.elicit('How many?', Party);
    await ctx.step('after', () => this.effect('after'));
    return party.action === 'accept' ? `${party.data instanceof Party} ${party.data.people}` : party.action;
  }

  @Tool()
  async failingStep(@Ctx() ctx: Context) {
    const why = await ctx
      .step('fails', () => {
        this.effect('fails');
        throw new RangeError('sold out');
      })
      .catch((error: Error) => `${error.name}: ${error.message}`);
    await ctx.confirm(`Go on after ${why}?`);
    await ctx.step('refuses', () => {
      throw new ToolError('No seats left');
    });
  }

  @Tool()
  async stepValues(@Ctx() ctx: Context) {
    const value = await ctx.step('values', () => ({
      date: new Date(0),
      gone: undefined,
      list: [1, undefined],
    }));
    await ctx.confirm('Sure?');
    return JSON.stringify([typeof value.date, value]);
  }

  @Tool()
  async stepValueAtOnce(@Ctx() ctx: Context) {
    const value = await ctx.step('value', () => ({ date: new Date(0), gone: undefined }));
    return `${typeof value.date} ${Object.keys(value).join()}`;
  }

  @Tool()
  async asksInAStep(@Arg('what') what: string, @Ctx() ctx: Context) {
    await ctx.step('outer', async () => {
      if (what === 'ask') await ctx.elicit('Inside?', String);
      if (what === 'step') await ctx.step('inner', () => this.effect('inner'));
      if (what === 'tool') await ctx.callTool('unawaited');
    });
    return 'not refused';
  }

  @Tool()
  async changesItsQuestion(@Ctx() ctx: Context) {
    await ctx.elicit(`Question ${++this.volatile}?`, String);
    await ctx.elicit('Next?', String);
  }

  @Tool()
  async changesUnderOneKey(@Ctx() ctx: Context) {
    await ctx.elicit(`Question ${++this.volatile}?`, String, { key: 'q' }).catch(() => {});
    return 'the divergence was swallowed';
  }

  @Tool()
  async leavesItsQuestion(@Ctx() ctx: Context) {
    if (this.volatile++ === 0) await ctx.elicit('Only at first?', String);
    return 'done without the answer';
  }

  @Tool()
  async slowUntrackedIo(@Ctx() ctx: Context) {
    const late = async () => {
      await new Promise((resolve) => setTimeout(resolve, this.volatile++ === 0 ? 1 : 60));
      return ctx.elicit('late?', String);
    };
    return JSON.stringify(
      await Promise.all([late(), ctx.elicit('early?', String).then(() => ctx.elicit('then?', String))]),
    );
  }

  @Tool()
  async nested(@Ctx() ctx: Context) {
    const outer = await ctx.elicit('Number?', Number, { key: 'n' });
    const inner = await ctx.callTool('sameQuestionInALoop', { times: 2 });
    const prompt = await ctx.getPrompt('asking');
    const resource = await ctx.readResource('asking://resource');
    return JSON.stringify([outer, inner.content, prompt.messages[0]?.content, resource.contents[0]]);
  }

  @Prompt()
  async asking(@Ctx() ctx: Context) {
    const tone = await ctx.elicit('Tone?', ['dry', 'warm']);
    return tone.action === 'accept' ? `be ${tone.data}` : 'as you like';
  }

  @Resource('asking://resource')
  async askingResource(@Ctx() ctx: Context) {
    return `word: ${JSON.stringify(await ctx.elicit('Word?', String))}`;
  }

  @Tool()
  async fallsBack(@Ctx() ctx: Context) {
    try {
      return (await ctx.sample('haiku')).text;
    } catch (error) {
      if (!(error instanceof CapabilityError)) throw error;
      return `without ${error.capability}`;
    }
  }

  @Tool()
  async everyKind(@Ctx() ctx: Context) {
    const [roots, sampled, name, url, sure] = await Promise.all([
      ctx.listRoots(),
      ctx.sample('one word', { model: 'small', system: 'be brief' }),
      ctx.elicit('Name?', String),
      ctx.elicitUrl('Sign in', 'https://example.com/login'),
      ctx.confirm('Sure?'),
    ]);
    return JSON.stringify([roots, sampled.text, sampled.model, name, url, sure]);
  }

  @Tool()
  async progressAndLogs(@Ctx() ctx: Context) {
    await ctx.reportProgress(1, 3, 'one');
    await ctx.info('before');
    await ctx.confirm('Go on?');
    await ctx.reportProgress(2, 3, 'two');
    await ctx.info('after');
    return 'done';
  }

  @Tool()
  async bigStep(@Arg('bytes') bytes: number, @Ctx() ctx: Context) {
    await ctx.step('small', () => 'x');
    await ctx.step('huge', () => 'x'.repeat(bytes));
    await ctx.confirm('Go on?');
    return 'done';
  }

  @Tool()
  async required(@Ctx() ctx: Context) {
    const { data } = await ctx.elicit('Must have', String, { required: true });
    return data;
  }

  @Tool()
  async badKey(@Ctx() ctx: Context) {
    await ctx.elicit('x', String, { key: 'a:b' });
  }

  @Tool()
  async slowBooking(@Args() party: Party, @Ctx() ctx: Context) {
    await ctx.confirm(`Book for ${party.people}?`);
    const booked = await ctx.step('book', async ({ idempotencyKey }) => {
      this.effect(`book ${idempotencyKey}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return Math.random();
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    await ctx.step('receipt', () => this.effect('receipt'));
    return `booked ${booked}`;
  }
}
