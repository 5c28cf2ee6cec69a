import { McpServer, Server } from '@reprise/core';
import { Prompts } from './prompts.js';
import { Resources } from './resources.js';
import { AskingTools } from './tools/asking-tools.js';
import { ContentTools } from './tools/content-tools.js';
import { RoundTools } from './tools/round-tools.js';
import { SchemaTools } from './tools/schema-tools.js';
import { StreamTools } from './tools/stream-tools.js';

/** All that the conformance suite asks of a server. */
@Server({
  name: 'conformance',
  version: '1.0.0',
  description: 'One of everything in the protocol',
  components: [ContentTools, AskingTools, RoundTools, StreamTools, SchemaTools, Resources, Prompts],
  cache: { ttlMs: 60_000, cacheScope: 'public' },
})
export class Everything extends McpServer {}
