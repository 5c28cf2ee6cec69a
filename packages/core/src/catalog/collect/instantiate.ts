import { messageOf, RepriseError } from '../../errors/index.js';
import { classNameOf, type ComponentClass, constructorTypes, type Container } from '../../metadata/index.js';

/** The instance that serves a class: from the container, or `new cls()`. Throws NO_INSTANCE. */
export async function instantiate(cls: ComponentClass, container: Container | undefined): Promise<object> {
  if (container === undefined) return construct(cls);
  const instance = await fetchFrom(container, cls);
  if (typeof instance === 'object' && instance !== null) return instance;
  throw new RepriseError('NO_INSTANCE', `the container returned ${String(instance)} for it.`, {
    where: classNameOf(cls),
    fix: 'Register the class in the container.',
  });
}

function construct(cls: ComponentClass): object {
  if (cls.length > 0) {
    const types = constructorTypes(cls)?.map(classNameOf).join(', ') ?? `${cls.length} parameter(s)`;
    throw new RepriseError('NO_INSTANCE', `its constructor takes ${types}, and there is no container.`, {
      where: classNameOf(cls),
      fix: 'Give @Server a `container`, or make the constructor work without parameters.',
    });
  }
  try {
    return new cls();
  } catch (cause) {
    throw failed(cls, 'its constructor', cause, 'Make the constructor work without parameters.');
  }
}

/** Unknown, because a container is code of others: what it promises is checked. */
async function fetchFrom(container: Container, cls: ComponentClass): Promise<unknown> {
  try {
    return await container.get(cls);
  } catch (cause) {
    throw failed(cls, 'the container', cause, 'Register the class and what it needs in the container.');
  }
}

function failed(cls: ComponentClass, who: string, cause: unknown, fix: string): RepriseError {
  return new RepriseError('NO_INSTANCE', `${who} threw "${messageOf(cause)}".`, {
    where: classNameOf(cls),
    fix,
    cause,
  });
}
