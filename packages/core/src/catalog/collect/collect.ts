import { RepriseError } from '../../errors/index.js';
import {
  type AnyClass,
  classNameOf,
  type ComponentClass,
  recordsOf,
  type ServerOptions,
} from '../../metadata/index.js';
import type { Problems } from '../problems.js';
import { type Component, isDecorated } from './component.js';
import { discover } from './discover.js';
import { instantiate } from './instantiate.js';

/** The server itself, then `components`, then what is discovered; a class that is named twice serves once. */
export async function collect(
  server: object,
  options: ServerOptions,
  problems: Problems,
  /** Components that were constructed before and go on serving. */
  instances: ReadonlyMap<AnyClass, object> = new Map(),
): Promise<Component[]> {
  const cls = server.constructor as AnyClass; // whoever made the instance
  const listed = listedClasses(classNameOf(cls), options.components ?? [], problems);
  const classes = new Set(listed);
  for (const folder of options.discover ?? []) {
    for (const found of await discover(folder, problems)) classes.add(found);
  }
  const components: Component[] = [{ cls, instance: server, records: recordsOf(cls) }];
  for (const component of classes) {
    const known = instances.get(component);
    components.push(
      known === undefined
        ? await componentOf(component, options, problems)
        : { cls: component, instance: known, records: recordsOf(component) },
    );
  }
  return components;
}

function listedClasses(server: string, listed: readonly unknown[], problems: Problems): ComponentClass[] {
  return listed.flatMap((item, index) => {
    const where = `${server}, components[${index}]`;
    return problems.attempt(() => componentClass(item, where)) ?? [];
  });
}

function componentClass(item: unknown, where: string): ComponentClass {
  if (item === undefined) {
    throw new RepriseError('CIRCULAR_IMPORT', 'the class is undefined.', {
      where,
      fix: 'Break the circle between its module and this one: move what both need to a third module.',
    });
  }
  if (typeof item !== 'function') {
    throw new RepriseError('NOT_A_COMPONENT', `a value of type ${typeof item} is no class.`, {
      where,
      fix: 'List the class itself.',
    });
  }
  const cls = item as unknown as ComponentClass; // a function with records is a class, and the next lines look for them
  const records = recordsOf(cls);
  if (records.server !== undefined) {
    throw new RepriseError('NOT_A_COMPONENT', `${classNameOf(cls)} is a server of its own.`, {
      where,
      fix: 'Move what both servers offer to a class without @Server, and list that one in both.',
    });
  }
  if (isDecorated(records)) return cls;
  throw new RepriseError('NOT_A_COMPONENT', `${classNameOf(cls)} carries no @Tool, @Resource or @Prompt.`, {
    where,
    fix: 'Decorate the class or its methods.',
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
