import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { ServerOptions } from '../metadata/index.js';
import { declaredCapabilities } from './capabilities.js';
import type { Catalog } from './catalog.js';
import { completionKey } from './entries/completion-entry.js';
import type { Entries } from './entries/entries.js';
import { frozenCopy } from './frozen-copy.js';
import { paginate } from './pages.js';

const defaultPageSize = 1000;

/** The catalog of checked entries; says that it can do what was declared once, or what is there now. */
export function assemble(
  options: ServerOptions,
  entries: Entries,
  capabilities: ServerCapabilities = declaredCapabilities(options, entries),
): Catalog {
  const { name, version, title, description, websiteUrl, icons, instructions, cache } = options;
  const { tools, resources, templates, prompts, completions } = entries;
  const pages = <T>(label: string, all: Iterable<{ readonly definition: T }>) =>
    paginate(
      label,
      Array.from(all, ({ definition }) => definition),
      options.pageSize ?? defaultPageSize,
    );
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
    lists: Object.freeze({
      tools: pages('tools', tools.values()),
      resources: pages('resources', resources.values()),
      templates: pages('templates', templates.values()),
      prompts: pages('prompts', prompts.values()),
    }),
  } satisfies Catalog);
}
