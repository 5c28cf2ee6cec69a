import type { Catalog, ResourceEntry, TemplateEntry } from './catalog.js';

/** What answers a URI, with the variables in it: the resource of that URI, else the first template that fits. */
export interface FoundResource {
  readonly entry: ResourceEntry | TemplateEntry;
  readonly variables: Readonly<Record<string, string>>;
}

export function findResource(catalog: Catalog, uri: string): FoundResource | undefined {
  const entry = catalog.resources.get(uri);
  if (entry) return { entry, variables: {} };
  for (const template of catalog.templates) {
    const variables = template.match(uri);
    if (variables) return { entry: template, variables };
  }
  return undefined;
}
