import { RepriseError } from '../../errors/index.js';
import { type AnyClass, ownRecords, type PropertyRecord, whereOf } from '../../metadata/index.js';
import type { InstanceSide } from '../components/declare.js';

type Method = (...args: never[]) => unknown;

/** For properties and accessors of a DTO. */
export type DtoPropertyDecorator = <T>(
  target: InstanceSide,
  key: string,
  descriptor?: T extends Method ? never : TypedPropertyDescriptor<T>,
) => void;

/** Adds facts to a property; examples pile up in reading order, everything else is said once. */
export function document(facts: PropertyRecord): DtoPropertyDecorator {
  return (target: object, key: string) => {
    // A function as target of a property decorator is the class itself: the property is static.
    if (typeof target === 'function') return refuse(target as unknown as AnyClass, key);
    const { properties } = ownRecords(target.constructor as AnyClass);
    const before = properties.get(key);
    // Decorators run from the bottom up.
    const examples = [...(facts.examples ?? []), ...(before?.examples ?? [])];
    properties.set(key, { ...before, ...facts, ...(examples.length > 0 ? { examples } : {}) });
  };
}

function refuse(cls: AnyClass, key: string): void {
  ownRecords(cls).mistakes.push(
    new RepriseError('MISPLACED_DECORATOR', 'a decorator for DTO properties stands on a static property.', {
      where: whereOf(cls, key),
      fix: 'Remove `static`: the data of a DTO is in its instances.',
    }),
  );
}
