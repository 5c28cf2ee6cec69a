import type { Catalog, Handler, Lists } from '../../catalog/index.js';
import type { Exchange } from '../../context/index.js';
import { InsufficientScopeError } from './insufficient-scope-error.js';

/** What one caller may reach of a catalog. */
export class Reach {
  constructor(
    readonly catalog: Catalog,
    /** Undefined for who may reach everything. */
    private readonly granted: readonly string[] | undefined,
  ) {}

  static of(catalog: Catalog, exchange: Exchange): Reach {
    return new Reach(catalog, grantedTo(exchange));
  }

  /** Only what the caller may call. */
  get lists(): Lists {
    return this.granted === undefined ? this.catalog.lists : this.catalog.listsFor(this.granted);
  }

  permits({ handler }: { readonly handler: Handler }): boolean {
    return this.missing(handler.scopes).length === 0;
  }

  /** The keys of what the caller may call, for suggestions. */
  names(entries: ReadonlyMap<string, { readonly handler: Handler }>): string[] {
    return [...entries].flatMap(([name, entry]) => (this.permits(entry) ? [name] : []));
  }

  /** Throws InsufficientScopeError, which names `target`. */
  demand(target: string, scopes: readonly string[]): void {
    const missing = this.missing(scopes);
    if (missing.length > 0) throw new InsufficientScopeError(target, scopes, missing);
  }

  private missing(scopes: readonly string[]): readonly string[] {
    const { granted } = this;
    if (granted === undefined || scopes.length === 0) return [];
    return scopes.filter((scope) => !granted.includes(scope));
  }
}

/**
 * Whoever is authenticated has the scopes of the token. Without that a process belongs to the user who started it, and
 * everything in it; a stranger who came over a network has nothing.
 */
function grantedTo({ identity, transport, http }: Exchange): readonly string[] | undefined {
  if (identity !== undefined) return identity.scopes;
  const isOwn = http === undefined && (transport === 'stdio' || transport === 'memory');
  return isOwn ? undefined : [];
}
