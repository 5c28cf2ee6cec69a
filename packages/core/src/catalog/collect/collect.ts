import {
  type AnyClass,
  classNameOf,
  type ComponentClass,
  recordsOf,
  type ServerOptions,
} from '../../metadata/index.js';
import type { Problems } from '../problems.js';
import { type Component, declaresSomething } from './component.js';
import { discover } from './discover.js';
import { instantiate } from './instantiate.js';

/** The server itself, then `components`, then what is discovered; a class that is named twice serves once. */
export async function collect(
  server: object,
  options: ServerOptions,
  problems: Problems,
): Promise<Component[]> {
  const cls = server.constructor as AnyClass; // whoever made the instance
  const listed = listedClasses(classNameOf(cls), options.components ?? [], problems);
  const classes = new Set(listed);
  for (const folder of options.discover ?? []) {
    for (const found of await discover(folder, problems)) classes.add(found);
  }
  const components: Component[] = [{ cls, instance: server, records: recordsOf(cls) }];
  for (const component of classes) components.push(await componentOf(component, options, problems));
  return components;
}

function listedClasses(server: string, listed: readonly unknown[], problems: Problems): ComponentClass[] {
  return listed.flatMap((item, index) => {
    const where = `${server}, components[${index}]`;
    if (item === undefined) {
      problems.add('CIRCULAR_IMPORT', 'the class is undefined.', {
        where,
        fix: 'Break the circle between its module and this one: move what both need to a third module.',
      });
      return [];
    }
    const cls = item as ComponentClass; // checked by what it carries
    const records = typeof item === 'function' ? problems.attempt(() => recordsOf(cls)) : undefined;
    if (records !== undefined && declaresSomething(records)) return [cls];
    if (records !== undefined || typeof item !== 'function') refuse(where, item, problems);
    return [];
  });
}

function refuse(where: string, item: unknown, problems: Problems): void {
  const what = typeof item === 'function' ? classNameOf(item) : `a value of type ${typeof item}`;
  problems.add('NOT_A_COMPONENT', `${what} carries no @Tool, @Resource or @Prompt.`, {
    where,
    fix: 'List the class itself, and decorate it or its methods.',
  });
}

async function componentOf(
  cls: ComponentClass,
  options: ServerOptions,
  problems: Problems,
): Promise<Component> {
  const records = recordsOf(cls);
  const instance = await problems.attemptAsync(() => instantiate(cls, options.container));
  // Without an instance the server will not start; its prototype lets the rest be checked all the same.
  return { cls, instance: instance ?? (cls.prototype as object), records };
}
