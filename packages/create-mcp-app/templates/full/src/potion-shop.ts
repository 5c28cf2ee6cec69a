import { McpServer, Server } from '@reprise/core';
import { Brew } from './components/brew.js';
import { Invent } from './components/invent.js';
import { Recipe } from './components/recipe.js';

@Server({ name: 'my-mcp-app', version: '0.1.0', components: [Brew, Recipe, Invent] })
export class PotionShop extends McpServer {}
