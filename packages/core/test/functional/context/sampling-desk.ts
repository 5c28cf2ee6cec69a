import {
  Arg,
  CapabilityError,
  Context,
  Ctx,
  Description,
  McpServer,
  type SampleOptions,
  sampleTool,
  Server,
  Tool,
  ToolError,
} from '@reprise/core';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { Type } from 'typebox';
import { z } from 'zod';

export class Verdict {
  @Description('One word') @IsString() word!: string;
  @IsInt() @Min(1) @Max(5) stars!: number;
}

class City {
  @IsString() name!: string;
}

/** A server whose tools ask a model, and remember what they did. */
@Server({ name: 'sampling-desk', version: '1' })
export class SamplingDesk extends McpServer {
  readonly done: string[] = [];
  readonly results: unknown[] = [];
  running = 0;
  mostAtOnce = 0;

  readonly weather = sampleTool({
    name: 'weather',
    description: 'The weather of a city',
    input: City,
    run: async ({ name }, { idempotencyKey }) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.running);
      // the later asked, the sooner done
      await new Promise((resolve) => setTimeout(resolve, name === 'Oslo' ? 30 : 5));
      this.running--;
      this.done.push(`weather ${name} ${idempotencyKey.length}`);
      if (name === 'Atlantis') throw new ToolError('There is no Atlantis.');
      if (name === 'Gotham') throw new Error('secret: database password');
      return { name, degrees: name.length };
    },
  });

  private async sample(ctx: Context, input: string, options: SampleOptions = {}): Promise<string> {
    const { text, content: _content, history, ...rest } = await ctx.sample(input, options);
    this.results.push({ text, history, ...rest });
    return text;
  }

  @Tool() plain(@Ctx() ctx: Context) {
    return this.sample(ctx, 'haiku', {
      system: 'Be brief.',
      temperature: 0.5,
      maxTokens: 7,
      stop: ['END'],
      model: ['small', 'large'],
    });
  }

  @Tool() async inputs(@Ctx() ctx: Context) {
    const message = { role: 'user', content: { type: 'text', text: 'one message' } } as const;
    const reply = { role: 'assistant', content: { type: 'text', text: 'yes?' } } as const;
    const one = await ctx.sample(message, { model: 'small' });
    const list = await ctx.sample([message, reply, message], { model: { speedPriority: 1 } });
    return [one, list].map(({ text }) => text);
  }

  @Tool() async structured(@Ctx() ctx: Context) {
    const { result, history } = await ctx.sample('Rate the book', { system: 'Be fair.', result: Verdict });
    const stars: number = result.stars; // typed
    return { isVerdict: result instanceof Verdict, word: result.word, stars, turns: history.length };
  }

  @Tool() tools(@Ctx() ctx: Context, @Arg('steps') steps: number, @Arg('atOnce') concurrency: number) {
    return this.sample(ctx, 'Where is it warm?', { tools: [this.weather], maxSteps: steps, concurrency });
  }

  @Tool() async standard(@Ctx() ctx: Context) {
    const zod = z.object({ stars: z.number().max(5).default(3) });
    const typebox = Type.Object({ stars: Type.Integer({ maximum: 5 }) });
    const one: { stars: number } = (await ctx.sample('zod', { result: zod })).result;
    const two: { stars: number } = (await ctx.sample('typebox', { result: typebox })).result;
    return { zod: one, typebox: two };
  }

  @Tool() async toolsAndResult(@Ctx() ctx: Context) {
    const { result } = await ctx.sample('Rate', { tools: [this.weather], result: Verdict });
    return result;
  }

  @Tool() own(@Ctx() ctx: Context) {
    return this.sample(ctx, 'Use them', { tools: ['count', 'askBack', 'refuse'] });
  }

  @Tool() unknown(@Ctx() ctx: Context) {
    return this.sample(ctx, 'Use it', { tools: ['cuont'] });
  }

  @Tool() sameName(@Ctx() ctx: Context) {
    return this.sample(ctx, 'Use it', { tools: [this.weather, this.weather] });
  }

  @Tool({ description: 'Counts' }) async count(@Ctx() ctx: Context, @Arg('by') by: number) {
    this.done.push(`begin ${by}`);
    // sleeps outside of a step: a call that asks nothing must still run once
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const part of [1, 2]) await ctx.step('part', () => void this.done.push(`part ${part}`));
    this.done.push(`count ${by}`);
    return { counted: by };
  }

  @Tool() async askBack(@Ctx() ctx: Context) {
    await ctx.step('prepare', () => void this.done.push('prepare'));
    const { data } = await ctx.elicit('Which colour?', String, { required: true });
    await ctx.step('paint', () => void this.done.push(`paint ${data}`));
    return `painted ${data}`;
  }

  @Tool() refuse(): string {
    throw new ToolError('Not on Sundays.');
  }

  @Tool() async between(@Ctx() ctx: Context) {
    const before = await ctx.elicit('Before?', String, { required: true });
    const text = await this.sample(ctx, `Sum up ${before.data}`, { key: 'sum' });
    await ctx.step('keep', () => void this.done.push(`keep ${text}`));
    const after = await ctx.elicit(`After ${text}?`, String, { required: true });
    return [before.data, text, after.data].join(' ');
  }

  @Tool() async parallel(@Ctx() ctx: Context) {
    const texts = await Promise.all([
      this.sample(ctx, 'same', { tools: [this.weather] }),
      this.sample(ctx, 'same', { tools: [this.weather] }),
      this.sample(ctx, 'other'),
    ]);
    return texts.join(', ');
  }

  @Tool() async twiceAtOnce(@Ctx() ctx: Context) {
    const texts = await Promise.all([this.sample(ctx, 'same'), this.sample(ctx, 'same')]);
    const sure = await ctx.confirm(`${texts.join(' and ')}?`);
    return `${texts.join(' and ')}: ${sure}`;
  }

  @Tool() hasty(@Ctx() ctx: Context) {
    return this.sample(ctx, 'quick', { timeout: 30 });
  }

  @Tool() async prepared(@Ctx() ctx: Context) {
    return (await ctx.confirm('Begin?')) ? this.sample(ctx, 'slow') : 'no';
  }

  @Tool() async careful(@Ctx() ctx: Context) {
    try {
      return await this.sample(ctx, 'hello');
    } catch (error) {
      if (error instanceof CapabilityError) return `without ${error.capability}`;
      throw error;
    }
  }
}
