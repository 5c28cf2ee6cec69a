import { Param, ProtocolError, Resource } from '@reprise/core';
import { recipes } from '../recipes.js';

@Resource('potion://{name}/recipe', { name: 'recipe', description: 'How to brew it', mimeType: 'text/plain' })
export class Recipe {
  execute(@Param('name') name: string): string {
    const recipe = recipes.get(name);
    if (recipe === undefined) throw new ProtocolError(-32602, `There is no recipe for ${name}.`);
    return recipe;
  }
}
