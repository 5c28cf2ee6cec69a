import type { CatalogEntry } from './catalog.js';
import type { Entries } from './entries/entries.js';

/** What tells an entry from all others of a server. */
export function entryId(entry: CatalogEntry): string {
  return `${entry.kind} ${entryName(entry)}`;
}

/** What people call an entry: the name of a tool or prompt, the URI or URI template of a resource. */
export function entryName(entry: CatalogEntry): string {
  switch (entry.kind) {
    case 'tool':
    case 'prompt':
      return entry.definition.name;
    case 'resource':
      return entry.definition.uri;
    case 'template':
      return entry.definition.uriTemplate;
  }
}

export function allEntries({ tools, resources, templates, prompts }: Entries): CatalogEntry[] {
  return [...tools.values(), ...resources.values(), ...templates.values(), ...prompts.values()];
}

/** The entries without those that are disabled. Nobody reaches the completions of these. */
export function visible(entries: Entries, disabled: ReadonlySet<string>): Entries {
  const shown = <E extends CatalogEntry>(all: Map<string, E>) =>
    new Map([...all].filter(([, entry]) => !disabled.has(entryId(entry))));
  return {
    tools: shown(entries.tools),
    resources: shown(entries.resources),
    templates: shown(entries.templates),
    prompts: shown(entries.prompts),
    completions: entries.completions,
  };
}
