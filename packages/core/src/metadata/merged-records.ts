import type { RepriseError } from '../errors/index.js';
import { type AnyClass, type ClassRecords, storedOn } from './class-records.js';
import type {
  Declaration,
  MemberKey,
  MemberRecord,
  MiddlewareRecord,
  PropertyRecord,
  ServerOptions,
} from './records.js';

/** The records of a class with those of its bases; the derived class wins, member by member. */
export interface MergedRecords {
  readonly server?: ServerOptions;
  readonly declarations: readonly Declaration[];
  /** That of the bases around that of the derived class. */
  readonly middleware: readonly MiddlewareRecord[];
  /** Those of the bases and of the derived class. */
  readonly scopes: readonly string[];
  /** Base class first, then in declaration order. */
  readonly members: ReadonlyMap<MemberKey, Readonly<MemberRecord>>;
  readonly mistakes: readonly RepriseError[];
}

/** What a class declares, inheritance included. A fresh object each time. Throws SECOND_COPY. */
export function recordsOf(cls: AnyClass): MergedRecords {
  let server: ServerOptions | undefined;
  let declarations: readonly Declaration[] = [];
  const middleware: MiddlewareRecord[] = [];
  const scopes: string[] = [];
  const members = new Map<MemberKey, MemberRecord>();
  const mistakes: RepriseError[] = [];
  for (const own of lineage(cls)) {
    if (own.server !== undefined) server = { ...server, ...own.server };
    if (own.declarations.length > 0) declarations = own.declarations;
    for (const [member, record] of own.members) members.set(member, override(members.get(member), record));
    middleware.push(...own.middleware);
    scopes.push(...own.scopes);
    mistakes.push(...own.mistakes);
  }
  return { server, declarations, middleware, scopes, members, mistakes };
}

/**
 * What @Title, @Description, @Default and @Example say about the properties of a DTO, inheritance included.
 * Throws what a decorator noted as a mistake, and SECOND_COPY.
 */
export function propertiesOf(cls: AnyClass): ReadonlyMap<string, PropertyRecord> {
  const properties = new Map<string, PropertyRecord>();
  for (const own of lineage(cls)) {
    const [mistake] = own.mistakes;
    if (mistake !== undefined) throw mistake;
    for (const [name, record] of own.properties) properties.set(name, { ...properties.get(name), ...record });
  }
  return properties;
}

/** Whether a DTO lets properties through that it does not declare; the nearest class that says so decides. */
export function allowsUnknown(cls: AnyClass): boolean {
  return lineage(cls).reduce((inherited, own) => own.allowsUnknown ?? inherited, false);
}

/**
 * A component decorator on the override replaces everything the base said about the method;
 * parameter decorators alone replace the parameters and keep the declaration. @Use and @Scopes alone add to what the
 * base put around the method. What a caller needs is never lost: an override can ask for more, not for less.
 */
function override(base: MemberRecord | undefined, own: MemberRecord): MemberRecord {
  const isDeclared = own.declarations.length > 0;
  const addsOnly = !isDeclared && own.params.size === 0;
  return {
    declarations: [...(isDeclared ? own.declarations : (base?.declarations ?? []))],
    params: new Map(addsOnly ? (base?.params ?? own.params) : own.params),
    middleware: [...(isDeclared ? [] : (base?.middleware ?? [])), ...own.middleware],
    scopes: [...(base?.scopes ?? []), ...own.scopes],
  };
}

function lineage(cls: AnyClass): ClassRecords[] {
  const chain: ClassRecords[] = [];
  // The prototype of a class is its base class, and that of the first one a plain function without records.
  for (let at: AnyClass | null = cls; at !== null; at = Object.getPrototypeOf(at) as AnyClass | null) {
    const own = storedOn(at);
    if (own !== undefined) chain.unshift(own);
  }
  return chain;
}
