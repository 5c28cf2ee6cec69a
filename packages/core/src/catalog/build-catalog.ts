import { RepriseError } from '../errors/index.js';
import { type AnyClass, classNameOf, recordsOf, type ServerOptions, whereOf } from '../metadata/index.js';
import { assemble } from './assemble.js';
import type { Catalog } from './catalog.js';
import { collect } from './collect/collect.js';
import type { Component } from './collect/component.js';
import { type Entries, entriesOf } from './entries/entries.js';
import { declaredBy, strayMembers } from './entries/site.js';
import { checkOptions } from './options.js';
import { prepare } from './prepare.js';
import { Problems } from './problems.js';

export interface ReadOptions {
  /** What the instance was constructed with; goes before what the decorator says. */
  readonly overrides?: Partial<ServerOptions>;
  /** Methods of the framework's own base class, which no component may take the place of. */
  readonly reserved?: readonly string[];
  /** Components that were constructed before and go on serving. */
  readonly instances?: ReadonlyMap<AnyClass, object>;
}

/** What the declarations of a server say, checked. */
export interface Offered {
  readonly options: ServerOptions;
  readonly entries: Entries;
  readonly instances: ReadonlyMap<AnyClass, object>;
  /** Whether a @Scopes stands anywhere. */
  readonly scoped: boolean;
}

/**
 * Everything that an instance of a @Server class offers: checked, frozen, computed once. What the instance was
 * constructed with goes before what the decorator says. Throws one StartUpError that lists every mistake.
 */
export async function buildCatalog(
  server: object,
  overrides: Partial<ServerOptions> = {},
  reserved: readonly string[] = [],
): Promise<Catalog> {
  const { options, entries } = await readDeclarations(server, { overrides, reserved });
  return assemble(options, entries);
}

/** Throws one StartUpError that lists every mistake. */
export async function readDeclarations(
  server: object,
  { overrides = {}, reserved = [], instances = new Map() }: ReadOptions,
): Promise<Offered> {
  const cls = server.constructor as AnyClass; // whoever made the instance
  const problems = new Problems();
  const offered = await problems.attemptAsync(async () => {
    const options = { ...serverOptionsOf(cls), ...overrides };
    checkOptions(options, classNameOf(cls), problems);
    const components = await collect(server, options, problems, instances);
    for (const component of components) checkPlaces(component, problems);
    checkReserved(cls, reserved, problems);
    const { scopes } = recordsOf(cls);
    const declared = components.flatMap((component) => declaredBy(component, scopes));
    const entries = entriesOf(declared, problems);
    await prepare(entries, problems);
    return {
      options,
      entries,
      instances: new Map(components.map((one) => [one.cls, one.instance])),
      scoped: scopes.length > 0 || declared.some(({ site }) => site.scopes.length > 0),
    };
  });
  return problems.check(classNameOf(cls), offered);
}

function serverOptionsOf(cls: AnyClass): ServerOptions {
  const { server } = recordsOf(cls);
  if (server !== undefined) return server;
  throw new RepriseError('NOT_A_SERVER', 'the class carries no @Server decorator.', {
    where: classNameOf(cls),
    fix: "Decorate it: @Server({ name: 'my-server', version: '1.0.0' }).",
  });
}

function checkReserved(cls: AnyClass, reserved: readonly string[], problems: Problems): void {
  const { members } = recordsOf(cls);
  for (const member of reserved.filter((name) => members.has(name)))
    problems.add('INVALID_NAME', `${member}() is a method of every server and would be replaced.`, {
      where: whereOf(cls, member),
      fix: `Name the method otherwise; the name on the wire can stay: @Tool({ name: '${member}' }).`,
    });
}

function checkPlaces(component: Component, problems: Problems): void {
  for (const mistake of component.records.mistakes) problems.take(mistake);
  for (const where of strayMembers(component)) {
    problems.add(
      'MISPLACED_DECORATOR',
      'decorators stand on it or on its parameters, but nothing makes it a handler.',
      {
        where,
        fix: 'Decorate the method with @Tool, @Resource, @Prompt or @Complete, or remove the decorators.',
      },
    );
  }
}
