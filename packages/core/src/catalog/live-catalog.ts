import { isDeepStrictEqual } from 'node:util';
import { RepriseError } from '../errors/index.js';
import { type AnyClass, classNameOf, type ComponentClass } from '../metadata/index.js';
import { assemble } from './assemble.js';
import { type Offered, readDeclarations, type ReadOptions } from './build-catalog.js';
import { kindsOf } from './capabilities.js';
import type { Catalog, CatalogEntry } from './catalog.js';
import { allEntries, entryId, visible } from './visible.js';

/** A list that clients know and may have to read again. */
export type ChangedList = 'tools' | 'prompts' | 'resources';

/**
 * The catalog of a server that may change while it runs. Each change makes a new frozen catalog: whoever holds the one
 * before is not disturbed. What the server says that it can do is settled at start-up, since clients ask only once.
 */
export class LiveCatalog {
  #offered: Offered;
  readonly #disabled = new Set<string>();
  #current: Catalog;
  #replacing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly server: object,
    private readonly options: ReadOptions,
    offered: Offered,
  ) {
    this.#offered = offered;
    this.#current = assemble(offered.options, offered.entries);
  }

  /** Throws one StartUpError that lists every mistake. */
  static async read(server: object, options: ReadOptions): Promise<LiveCatalog> {
    return new LiveCatalog(server, options, await readDeclarations(server, options));
  }

  /** What clients see now. */
  get current(): Catalog {
    return this.#current;
  }

  /** All entries, also those that are disabled. */
  get entries(): readonly CatalogEntry[] {
    return allEntries(this.#offered.entries);
  }

  /** Whether a @Scopes stands anywhere, also on what is disabled. */
  get scoped(): boolean {
    return this.#offered.scoped;
  }

  /** Shows or hides entries. Returns the lists that are other ones now. */
  show(entries: readonly CatalogEntry[], isShown: boolean): ChangedList[] {
    for (const id of entries.map(entryId)) {
      if (isShown) this.#disabled.delete(id);
      else this.#disabled.add(id);
    }
    return this.#renew();
  }

  /**
   * Puts other components in the place of those that were listed or discovered; the server's own handlers stay, and so
   * do the instances of classes that are listed again. Checks as at start-up; with a mistake everything stays as it was.
   */
  replace(components: readonly ComponentClass[]): Promise<ChangedList[]> {
    const replaced = this.#replacing.then(() => this.#replace(components));
    this.#replacing = replaced.catch(() => {});
    return replaced;
  }

  async #replace(components: readonly ComponentClass[]): Promise<ChangedList[]> {
    const offered = await readDeclarations(this.server, {
      ...this.options,
      overrides: { ...this.options.overrides, components, discover: [] },
      instances: this.#offered.instances,
    });
    this.#checkKinds(offered);
    this.#offered = offered;
    const known = new Set(this.entries.map(entryId));
    for (const id of this.#disabled) if (!known.has(id)) this.#disabled.delete(id);
    return this.#renew();
  }

  #checkKinds({ entries }: Offered): void {
    const missing = kindsOf(entries).filter((kind) => this.#current.capabilities[kind] === undefined);
    if (missing.length === 0) return;
    const cls = this.server.constructor as AnyClass; // whoever made the instance
    throw new RepriseError(
      'UNANNOUNCED_KIND',
      `there were no ${missing.join(' and no ')} at start-up, so clients would not look for any.`,
      {
        where: `${classNameOf(cls)}.replace`,
        fix: `Announce what may come later: @Server({ announce: [${missing.map((kind) => `'${kind}'`).join(', ')}] }).`,
      },
    );
  }

  #renew(): ChangedList[] {
    const [before, { options, entries }] = [this.#current, this.#offered];
    this.#current = assemble(options, visible(entries, this.#disabled), before.capabilities);
    return changes(before, this.#current);
  }
}

function changes(before: Catalog, after: Catalog): ChangedList[] {
  const shownBy = {
    tools: ({ tools }: Catalog) => [definitions(tools.values())],
    prompts: ({ prompts }: Catalog) => [definitions(prompts.values())],
    resources: ({ resources, templates }: Catalog) => [
      definitions(resources.values()),
      definitions(templates),
    ],
  };
  const lists = Object.keys(shownBy) as ChangedList[]; // the keys of the literal above
  return lists.filter((list) => !isDeepStrictEqual(shownBy[list](before), shownBy[list](after)));
}

function definitions(entries: Iterable<CatalogEntry>): unknown[] {
  return Array.from(entries, ({ definition }) => definition);
}
