import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { ServerOptions } from '../metadata/index.js';
import { declaredCapabilities } from './capabilities.js';
import type { Catalog } from './catalog.js';
import { completionKey } from './entries/completion-entry.js';
import type { Entries } from './entries/entries.js';
import { frozenCopy } from './frozen-copy.js';
import { ListViews } from './lists/list-views.js';

const defaultPageSize = 1000;

/** The catalog of checked entries; says that it can do what was declared once, or what is there now. */
export function assemble(
  options: ServerOptions,
  entries: Entries,
  capabilities: ServerCapabilities = declaredCapabilities(options, entries),
): Catalog {
  const { name, version, title, description, websiteUrl, icons, instructions, cache } = options;
  const { tools, resources, templates, prompts, completions } = entries;
  const views = new ListViews(entries, options.pageSize ?? defaultPageSize);
  return Object.freeze({
    info: frozenCopy({ name, version, title, description, websiteUrl, icons }),
    ...(instructions === undefined ? {} : { instructions }),
    capabilities,
    ...(cache === undefined ? {} : { cache: frozenCopy(cache) }),
    tools,
    resources,
    templates: Object.freeze([...templates.values()]),
    prompts,
    completion: (target) => completions.get(completionKey(target)),
    scoped: views.differ,
    lists: views.everything,
    listsFor: (granted) => views.for(granted),
  } satisfies Catalog);
}
