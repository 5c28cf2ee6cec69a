import { RepriseError } from '../../errors/index.js';
import { type AnyClass, type MemberKey, ownRecords, whereOf } from '../../metadata/index.js';
import type { Middleware } from '../../middleware/index.js';
import { type InstanceSide, recordAt } from './declare.js';

/** For instance methods, component classes and server classes. */
export interface UseDecorator {
  <C extends abstract new (...args: never[]) => object>(cls: C): void;
  <T extends (...args: never[]) => unknown>(
    target: InstanceSide,
    key: MemberKey,
    descriptor: TypedPropertyDescriptor<T>,
  ): void;
}

/**
 * Puts middleware around a handler, around all handlers of a component class, or around every request to a server; the
 * first is the outermost. Subclasses inherit it: a class adds to it, a method that is declared anew begins without.
 */
export function Use(...middleware: readonly Middleware[]): UseDecorator {
  return (target: object, key?: MemberKey) => {
    const record = key === undefined ? ownRecords(target as AnyClass) : recordAt(target, key, '@Use');
    if (record === undefined) return;
    if (middleware.every((one) => typeof one === 'function')) record.middleware.unshift(...middleware);
    else refuse(target, key);
  };
}

/** Most often a factory whose call was forgotten is no such case, but a value of another module that is not there yet is. */
function refuse(target: object, key: MemberKey | undefined): void {
  const cls = (key === undefined ? target : target.constructor) as AnyClass;
  ownRecords(cls).mistakes.push(
    new RepriseError('MISPLACED_DECORATOR', '@Use got something that is no middleware.', {
      where: key === undefined ? cls.name : whereOf(cls, key),
      fix: 'Give it functions (ctx, next) => …; one that is undefined comes from a circular import.',
    }),
  );
}
