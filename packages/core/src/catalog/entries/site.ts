import {
  type AnyClass,
  classNameOf,
  type Declaration,
  type MemberKey,
  type MergedRecords,
  memberNameOf,
  type ParamBinding,
  parameterTypes,
  returnType,
  whereOf,
} from '../../metadata/index.js';
import type { Middleware } from '../../middleware/index.js';
import type { Component } from '../collect/component.js';

/** Where a handler is declared, and all that is known about it there. */
export interface Site {
  readonly cls: AnyClass;
  readonly instance: object;
  readonly member: MemberKey;
  /** `Class.method`. */
  readonly where: string;
  /** What the component is called unless its options say so. */
  readonly defaultName: string;
  readonly params: ReadonlyMap<number, ParamBinding>;
  /** Outermost first. */
  readonly middleware: readonly Middleware[];
  /** What a caller needs, each scope once. */
  readonly scopes: readonly string[];
  /** The design types of the parameters; undefined where the compiler wrote none. */
  readonly types: readonly unknown[] | undefined;
  /** The design type of what the method returns; undefined where the compiler wrote none. */
  readonly returns: unknown;
}

/** One declaration of one handler: what becomes one entry. */
export interface Declared {
  readonly site: Site;
  readonly declaration: Declaration;
}

/** The method that is the handler of a decorated class. */
const classHandler = 'execute';

/**
 * Every declaration of a component: those on the class, then those on its methods, in declaration order. `inherited` are
 * the scopes that everything of the server needs.
 */
export function declaredBy(component: Component, inherited: readonly string[]): Declared[] {
  const { cls, records } = component;
  const siteOf = (member: MemberKey, defaultName: string): Site => ({
    ...placeOf(component, member, defaultName),
    scopes: scopesOf(records, member, inherited),
  });
  const onClass = siteOf(classHandler, defaultNameOf(cls));
  return [
    ...records.declarations.map((declaration) => ({ site: onClass, declaration })),
    ...[...records.members].flatMap(([member, record]) => {
      const site = siteOf(member, memberNameOf(member));
      return record.declarations.map((declaration) => ({ site, declaration }));
    }),
  ];
}

/** Handlers whose parameters are decorated although nothing declares them. */
export function strayMembers({ cls, records }: Component): string[] {
  return [...records.members].flatMap(([member, { declarations, params, middleware, scopes }]) => {
    const used = declarations.length > 0 || (member === classHandler && records.declarations.length > 0);
    return used || params.size + middleware.length + scopes.length === 0 ? [] : [whereOf(cls, member)];
  });
}

function placeOf(
  { cls, instance, records }: Component,
  member: MemberKey,
  defaultName: string,
): Omit<Site, 'scopes'> {
  return {
    cls,
    instance,
    member,
    where: whereOf(cls, member),
    defaultName,
    params: records.members.get(member)?.params ?? new Map(),
    middleware: middlewareOf(records, member),
    types: parameterTypes(cls, member),
    returns: returnType(cls, member),
  };
}

function scopesOf(
  { scopes, members }: MergedRecords,
  member: MemberKey,
  inherited: readonly string[],
): readonly string[] {
  return Object.freeze([...new Set([...inherited, ...scopes, ...(members.get(member)?.scopes ?? [])])]);
}

/** What stands on the class of a server is around all of its requests, so it is not repeated here. */
function middlewareOf(
  { server, middleware, members }: MergedRecords,
  member: MemberKey,
): readonly Middleware[] {
  const onClass = server === undefined ? middleware : [];
  // metadata/ cannot name Context, so the record types its arguments as never; decorators/ typed them for the user
  return Object.freeze([...onClass, ...(members.get(member)?.middleware ?? [])]) as readonly Middleware[];
}

function defaultNameOf(cls: AnyClass): string {
  const name = classNameOf(cls).replace(/(?<=.)(?:Tool|Resource|Prompt)$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
