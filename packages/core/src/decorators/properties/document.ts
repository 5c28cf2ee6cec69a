import { type AnyClass, ownRecords, type PropertyRecord } from '../../metadata/index.js';

/** For properties of a DTO. */
export type DtoPropertyDecorator = (target: object, key: string, descriptor?: undefined) => void;

/** Adds facts to a property; examples pile up in reading order, everything else is said once. */
export function document(facts: PropertyRecord): DtoPropertyDecorator {
  return (target, key) => {
    const { properties } = ownRecords(target.constructor as AnyClass);
    const before = properties.get(key);
    // Decorators run from the bottom up.
    const examples = [...(facts.examples ?? []), ...(before?.examples ?? [])];
    properties.set(key, { ...before, ...facts, ...(examples.length > 0 ? { examples } : {}) });
  };
}
