import { RepriseError } from '../../errors/index.js';
import {
  type AnyClass,
  type ClassRecords,
  type Declaration,
  type MemberKey,
  type MemberRecord,
  ownRecords,
  whereOf,
} from '../../metadata/index.js';

type Method = (...args: never[]) => unknown;

/** What a method decorator gets for an instance method; a class (static method) has a `prototype` and does not fit. */
export type InstanceSide = object & { readonly prototype?: never };

/** For instance methods, and for classes with a method `execute`. */
export interface ComponentDecorator {
  <C extends new (...args: never[]) => { execute: Method }>(cls: C): void;
  <T extends Method>(target: InstanceSide, key: MemberKey, descriptor: TypedPropertyDescriptor<T>): void;
}

/** Writes a declaration where the decorator stands. `label` is for the error about a wrong place. */
export function declare(label: string, declaration: Declaration): ComponentDecorator {
  return (target: object, key?: MemberKey) => {
    if (key === undefined) {
      // Without a key a decorator stands on a class.
      ownRecords(target as AnyClass).declarations.unshift(declaration);
    } else {
      recordAt(target, key, label)?.declarations.unshift(declaration);
    }
  };
}

/** The record of an instance method; for a static one undefined, and the mistake is noted on the class. */
export function recordAt(target: object, key: MemberKey, label: string): MemberRecord | undefined {
  if (typeof target === 'function') {
    // A function as target of a member decorator is the class itself: the member is static.
    const cls = target as unknown as AnyClass;
    ownRecords(cls).mistakes.push(
      new RepriseError('MISPLACED_DECORATOR', `${label} stands on a static method.`, {
        where: whereOf(cls, key),
        fix: 'Remove `static`: handlers are methods of an instance.',
      }),
    );
    return undefined;
  }
  return memberOf(ownRecords(target.constructor as AnyClass), key);
}

function memberOf({ members }: ClassRecords, key: MemberKey): MemberRecord {
  const existing = members.get(key);
  if (existing !== undefined) return existing;
  const record: MemberRecord = { declarations: [], params: new Map(), middleware: [], scopes: [] };
  members.set(key, record);
  return record;
}
