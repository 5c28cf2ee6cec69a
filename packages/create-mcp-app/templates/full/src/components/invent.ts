import { Args, Description, Prompt } from '@reprise/core';
import { IsString } from 'class-validator';
import { potions } from '../recipes.js';

class Wish {
  @Description('What the potion should do') @IsString() effect!: string;
}

@Prompt({ name: 'invent', description: 'Invent a new potion' })
export class Invent {
  execute(@Args() wish: Wish): string {
    return `Invent a potion that gives ${wish.effect}. We have: ${potions.join(', ')}. Write its recipe in two sentences.`;
  }
}
