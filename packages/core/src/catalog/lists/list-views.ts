import { LRUCache } from 'lru-cache';
import { digest } from '../../replay/index.js';
import type { CatalogEntry, Lists } from '../catalog.js';
import type { Entries } from '../entries/entries.js';
import { paginate } from './pages.js';

/** Views kept at once; the longest unused is computed again when somebody needs it. */
const maxViews = 256;

/**
 * The lists of a catalog as callers with different scopes see them. That of everything is computed at once, each other
 * one when the first caller comes who sees exactly that much. Scopes that nothing here needs make no difference, so
 * callers cannot fill the memory with scopes of their invention.
 */
export class ListViews {
  readonly everything: Lists;
  readonly #requirements: ReadonlyMap<string, readonly string[]>;
  readonly #views = new LRUCache<string, Lists>({ max: maxViews });

  constructor(
    private readonly entries: Entries,
    private readonly pageSize: number,
  ) {
    const { tools, resources, templates, prompts } = entries;
    const all: CatalogEntry[] = [tools, resources, templates, prompts].flatMap((kind) => [...kind.values()]);
    this.#requirements = new Map(
      all
        .filter(({ handler }) => handler.scopes.length > 0)
        .map(({ handler }) => [requirementOf(handler.scopes), handler.scopes]),
    );
    this.everything = this.#listsOf(() => true, '');
  }

  /** Whether callers see different lists. */
  get differ(): boolean {
    return this.#requirements.size > 0;
  }

  for(granted: readonly string[]): Lists {
    if (!this.differ) return this.everything;
    const held = new Set(granted);
    const met = [...this.#requirements].flatMap(([requirement, scopes]) =>
      scopes.every((scope) => held.has(scope)) ? [requirement] : [],
    );
    return met.length === this.#requirements.size ? this.everything : this.#view(met);
  }

  #view(met: readonly string[]): Lists {
    const view = digest([...met].sort());
    const known = this.#views.get(view);
    if (known !== undefined) return known;
    const isMet = new Set(met);
    const lists = this.#listsOf(
      ({ handler }) => handler.scopes.length === 0 || isMet.has(requirementOf(handler.scopes)),
      ` ${view}`,
    );
    this.#views.set(view, lists);
    return lists;
  }

  /** `view` is part of each cursor: one that was handed out for a view is good for no other. */
  #listsOf(isShown: (entry: CatalogEntry) => boolean, view: string): Lists {
    const { tools, resources, templates, prompts } = this.entries;
    const pages = <E extends CatalogEntry>(label: string, all: ReadonlyMap<string, E>) =>
      paginate<E['definition']>(
        `${label}${view}`,
        [...all.values()].filter(isShown).map(({ definition }) => definition),
        this.pageSize,
      );
    return Object.freeze({
      tools: pages('tools', tools),
      resources: pages('resources', resources),
      templates: pages('templates', templates),
      prompts: pages('prompts', prompts),
    });
  }
}

/** One text for the same scopes in any order; no scope contains a space. */
function requirementOf(scopes: readonly string[]): string {
  return [...scopes].sort().join(' ');
}
