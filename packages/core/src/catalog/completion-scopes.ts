import type { CompletionTarget } from '../metadata/index.js';
import type { Catalog } from './catalog.js';

/** What a caller needs for suggestions: what the prompt, template or resource needs, and what the @Complete adds. */
export function completionScopes(catalog: Catalog, target: CompletionTarget): readonly string[] {
  const completed =
    'prompt' in target ? catalog.prompts.get(target.prompt) : ownerOf(catalog, target.template);
  const own = catalog.completion(target)?.handler.scopes ?? [];
  return [...new Set([...(completed?.handler.scopes ?? []), ...own])];
}

function ownerOf({ templates, resources }: Catalog, uri: string) {
  return templates.find(({ definition }) => definition.uriTemplate === uri) ?? resources.get(uri);
}
