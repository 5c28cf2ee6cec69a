import type { CompletionTarget } from '../../metadata/index.js';
import type { CompletionEntry, PromptEntry, ResourceEntry, TemplateEntry, ToolEntry } from '../catalog.js';
import type { Problems } from '../problems.js';
import { completionEntry, completionKey, completionLabel, ownerKey } from './completion-entry.js';
import { Unique } from './names.js';
import { promptEntry } from './prompt-entry.js';
import { resourceEntry } from './resource-entry.js';
import type { Declared, Site } from './site.js';
import { templateEntry } from './template-entry.js';
import { toolEntry } from './tool-entry.js';

/** All entries by kind, each in the order of its declaration. */
export interface Entries {
  readonly tools: Map<string, ToolEntry>;
  readonly resources: Map<string, ResourceEntry>;
  readonly templates: Map<string, TemplateEntry>;
  readonly prompts: Map<string, PromptEntry>;
  readonly completions: Map<string, CompletionEntry>;
}

/** Makes an entry of every declaration and reports what is wrong with it, or with two of them together. */
export function entriesOf(declared: readonly Declared[], problems: Problems): Entries {
  const unique = new Unique(problems);
  const entries: Entries = {
    tools: new Map(),
    resources: new Map(),
    templates: new Map(),
    prompts: new Map(),
    completions: new Map(),
  };
  const completions: { site: Site; target: CompletionTarget }[] = [];
  for (const { site, declaration } of declared) {
    switch (declaration.kind) {
      case 'tool': {
        const entry = toolEntry(site, declaration.options, problems);
        const { name } = entry.definition;
        if (unique.claim('tool', `"${name}"`, site.where)) entries.tools.set(name, entry);
        break;
      }
      case 'prompt': {
        const entry = promptEntry(site, declaration.options, problems);
        const { name } = entry.definition;
        if (unique.claim('prompt', `"${name}"`, site.where)) entries.prompts.set(name, entry);
        break;
      }
      case 'resource': {
        const { uri, options } = declaration;
        if (!unique.claim('resource', `"${uri}"`, site.where)) break;
        if (/[{}]/.test(uri)) {
          const entry = templateEntry(site, uri, options, problems);
          if (entry !== undefined) entries.templates.set(uri, entry);
        } else {
          entries.resources.set(uri, resourceEntry(site, uri, options, problems));
        }
        break;
      }
      case 'completion':
        completions.push({ site, target: declaration.target });
    }
  }
  addCompletions(completions, entries, unique, problems);
  return entries;
}

/** Last, because their targets must be known. */
function addCompletions(
  declared: readonly { site: Site; target: CompletionTarget }[],
  entries: Entries,
  unique: Unique,
  problems: Problems,
): void {
  const completable = new Map([
    ...[...entries.prompts.values()].map(
      ({ definition, input }) =>
        [ownerKey({ prompt: definition.name }), input.properties.map(({ name }) => name)] as const,
    ),
    ...[...entries.templates.values()].map(
      ({ definition, variables }) =>
        [
          ownerKey({ template: definition.uriTemplate }),
          variables.properties.map(({ name }) => name),
        ] as const,
    ),
  ]);
  for (const { site, target } of declared) {
    const entry = completionEntry(site, target, completable, problems);
    const isNew = unique.claim('completion', completionLabel(target), site.where);
    if (isNew) entries.completions.set(completionKey(target), entry);
  }
}
