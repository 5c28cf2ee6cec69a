import type { MemberKey } from './records.js';

/** The name of a class for people to read; nothing is ever looked up by it. */
export function classNameOf(cls: unknown): string {
  return typeof cls === 'function' && cls.name !== '' ? cls.name : '(anonymous class)';
}

export function memberNameOf(member: MemberKey): string {
  return typeof member === 'symbol' ? (member.description ?? 'symbol') : member;
}

/** `Class.member, parameter 2`. Parameters are counted from 1, as people do. */
export function whereOf(cls: unknown, member?: MemberKey, parameterIndex?: number): string {
  const name = member === undefined ? classNameOf(cls) : `${classNameOf(cls)}.${memberNameOf(member)}`;
  return parameterIndex === undefined ? name : `${name}, parameter ${parameterIndex + 1}`;
}
