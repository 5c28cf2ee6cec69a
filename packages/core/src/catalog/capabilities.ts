import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { ComponentKind, ServerOptions } from '../metadata/index.js';
import type { Entries } from './entries/entries.js';
import { frozenCopy } from './frozen-copy.js';

/** The kinds that are there. */
export function kindsOf({ tools, prompts, resources, templates, completions }: Entries): ComponentKind[] {
  const sizes = {
    tools: tools.size,
    prompts: prompts.size,
    resources: resources.size + templates.size,
    completions: completions.size,
  };
  return (Object.keys(sizes) as ComponentKind[]).filter((kind) => sizes[kind] > 0); // the keys of the literal above
}

/** Declares what is there and what was announced, nothing else. Logging is always there: every handler may log. */
export function declaredCapabilities({ announce = [] }: ServerOptions, entries: Entries): ServerCapabilities {
  const kinds = new Set([...kindsOf(entries), ...announce]);
  return frozenCopy({
    logging: {},
    ...(kinds.has('tools') ? { tools: { listChanged: true } } : {}),
    ...(kinds.has('prompts') ? { prompts: { listChanged: true } } : {}),
    ...(kinds.has('resources') ? { resources: { subscribe: true, listChanged: true } } : {}),
    ...(kinds.has('completions') ? { completions: {} } : {}),
  });
}
