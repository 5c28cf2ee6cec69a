import { Args, Context, Ctx, Description, McpServer, Param } from '@reprise/core';
import { Prompt, ProtocolError, Resource, Server, Title, Tool } from '@reprise/core';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Cauldron } from './cauldron.js';
import { potions, recipes } from './recipes.js';

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

class Wish {
  @Description('What the potion should do') @IsString() effect!: string;
}

@Server({ name: 'my-mcp-app', version: '0.1.0' })
export class PotionShop extends McpServer {
  private readonly cauldron = new Cauldron();

  @Tool({ description: 'Brew a potion and label the bottles' })
  async brew(@Args() order: Order, @Ctx() ctx: Context): Promise<string> {
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

  @Resource('potion://{name}/recipe', { description: 'How to brew it', mimeType: 'text/plain' })
  recipe(@Param('name') name: string): string {
    const recipe = recipes.get(name);
    if (recipe === undefined) throw new ProtocolError(-32602, `There is no recipe for ${name}.`);
    return recipe;
  }

  @Prompt({ description: 'Invent a new potion' })
  invent(@Args() wish: Wish): string {
    return `Invent a potion that gives ${wish.effect}. We have: ${potions.join(', ')}. Write its recipe in two sentences.`;
  }
}
