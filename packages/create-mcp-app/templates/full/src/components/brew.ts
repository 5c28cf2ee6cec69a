import { Args, Context, Ctx, Description, Title, Tool } from '@reprise/core';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Cauldron } from '../cauldron.js';
import { potions } from '../recipes.js';

class Order {
  @IsIn(potions) potion!: string;
  @IsInt() @Min(1) @Max(12) bottles!: number;
  @Description('Whose name goes on the label; asked for when missing')
  @IsOptional()
  @IsString()
  drinker?: string;
}

class Label {
  @Title('Name on the label') @IsString() @MaxLength(20) name!: string;
}

@Tool({ name: 'brew', description: 'Brew a potion and label the bottles' })
export class Brew {
  private readonly cauldron = new Cauldron();

  async execute(@Args() order: Order, @Ctx() ctx: Context): Promise<string> {
    // A newer client sends the call again with each answer: what must happen once goes into a step.
    const batch = await ctx.step('brew', () => this.cauldron.brew(order.potion, order.bottles));

    let drinker = order.drinker;
    if (drinker === undefined) {
      const label = await ctx.elicit(`Batch ${batch} is ready. Who is it for?`, Label);
      if (label.action !== 'accept') return `Batch ${batch} stays in the cauldron.`;
      drinker = label.data.name;
    }
    return `${order.bottles} × ${order.potion} for ${drinker}, batch ${batch}.`;
  }
}
