import { RepriseError } from '../../errors/index.js';
import {
  type AnyClass,
  type MemberKey,
  ownRecords,
  type ParamBinding,
  whereOf,
} from '../../metadata/index.js';
import { type InstanceSide, recordAt } from '../components/declare.js';

/** For parameters of instance methods; constructors and static methods are compile errors. */
export type HandlerParameterDecorator = (target: InstanceSide, key: MemberKey, index: number) => void;

/** Writes how a parameter is filled. `label` is for the error about a wrong place. */
export function bind(label: string, binding: ParamBinding): HandlerParameterDecorator {
  return (target: object, key: MemberKey | undefined, index: number) => {
    if (key === undefined) return refuseConstructor(target as AnyClass, index, label);
    const record = recordAt(target, key, label);
    if (record?.params.has(index)) return refuseSecond(target.constructor as AnyClass, key, index);
    record?.params.set(index, Object.freeze(binding));
  };
}

function refuseConstructor(cls: AnyClass, index: number, label: string): void {
  ownRecords(cls).mistakes.push(
    new RepriseError('MISPLACED_DECORATOR', `${label} stands on a constructor.`, {
      where: whereOf(cls, 'constructor', index),
      fix: 'Put it on a parameter of the handler; constructors are served by the container.',
    }),
  );
}

function refuseSecond(cls: AnyClass, key: MemberKey, index: number): void {
  ownRecords(cls).mistakes.push(
    new RepriseError('MISPLACED_DECORATOR', 'two decorators fill the same parameter.', {
      where: whereOf(cls, key, index),
      fix: 'Keep one of them.',
    }),
  );
}
