import { Context } from '../../context/index.js';
import { classNameOf, type ParamBinding, whereOf } from '../../metadata/index.js';
import type { Handler } from '../catalog.js';
import type { Problems } from '../problems.js';
import type { Site } from './site.js';

type BindingKind = ParamBinding['kind'];

/** The decorator a user knows a binding by. */
const decoratorOf: Readonly<Record<BindingKind, string>> = {
  args: '@Args',
  arg: '@Arg',
  param: '@Param',
  context: '@Ctx',
  signal: '@Signal',
  custom: 'a parameter decorator',
};

/** What `where` is for a parameter: `Class.method, parameter 2 (@Arg)`. */
export function whereOfParameter(site: Site, index: number, kind?: BindingKind): string {
  const where = whereOf(site.cls, site.member, index);
  return kind === undefined ? where : `${where} (${decoratorOf[kind]})`;
}

/** Binds the method to its instance and every parameter to its source. Reports what is missing and returns all the same. */
export function handlerOf(site: Site, problems: Problems): Handler {
  const method: unknown = Reflect.get(site.instance, site.member);
  if (typeof method !== 'function') {
    problems.add('MISPLACED_DECORATOR', 'there is no method of that name.', {
      where: site.where,
      fix: `Give ${classNameOf(site.cls)} a method "${String(site.member)}", or remove the decorator.`,
    });
  }
  const callable = typeof method === 'function' ? method : () => undefined;
  const bindings = bindingsOf(site, callable.length, problems);
  return Object.freeze({
    where: site.where,
    bindings,
    middleware: site.middleware,
    scopes: site.scopes,
    invoke: (...args: unknown[]): unknown => Reflect.apply(callable, site.instance, args),
  });
}

/** Reports decorators that mean nothing in this kind of handler. */
export function allowOnly(
  site: Site,
  { kind, allowed, fix }: { kind: string; allowed: readonly BindingKind[]; fix: string },
  problems: Problems,
): void {
  for (const [index, binding] of site.params) {
    if (allowed.includes(binding.kind)) continue;
    problems.add('MISPLACED_DECORATOR', `${decoratorOf[binding.kind]} has no meaning in a ${kind}.`, {
      where: whereOfParameter(site, index, binding.kind),
      fix,
    });
  }
}

function bindingsOf(site: Site, length: number, problems: Problems): readonly ParamBinding[] {
  // Types count every parameter; without them the function's length leaves out those from the first default on.
  const count = Math.max(site.types?.length ?? length, ...[...site.params.keys()].map((index) => index + 1));
  const bindings = Array.from({ length: count }, (_, index): ParamBinding => {
    const type = site.types?.[index];
    const binding = site.params.get(index);
    if (binding !== undefined) return binding;
    if (type !== Context) unfilled(site, index, type, problems);
    return { kind: 'context' };
  });
  return Object.freeze(bindings);
}

function unfilled(site: Site, index: number, type: unknown, problems: Problems): void {
  const ofType = typeof type === 'function' && type !== Object ? ` of type ${classNameOf(type)}` : '';
  problems.add('UNFILLED_PARAMETER', `the parameter${ofType} carries no decorator, so nobody can fill it.`, {
    where: whereOfParameter(site, index),
    fix: 'Decorate it with @Args, @Arg, @Param, @Ctx, @Signal or a decorator of your own, or remove it.',
  });
}
