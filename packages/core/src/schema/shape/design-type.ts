import 'reflect-metadata';
import type { Dto } from '../dto.js';

/** The type the compiler wrote for a property; for a method or a getter, that of what it returns. */
export function designType(cls: Dto, property: string): unknown {
  const prototype = cls.prototype as object;
  const key = isMethod(cls, property) ? 'design:returntype' : 'design:type';
  return Reflect.getMetadata(key, prototype, property) as unknown;
}

/** Methods, and getters without a setter, are written and never read. */
export function isReadOnly(cls: Dto, property: string): boolean {
  const descriptor = inherited(cls, property);
  return descriptor !== undefined && descriptor.set === undefined;
}

function isMethod(cls: Dto, property: string): boolean {
  return typeof inherited(cls, property)?.value === 'function';
}

function inherited(cls: Dto, property: string): PropertyDescriptor | undefined {
  for (
    let at: unknown = cls.prototype;
    typeof at === 'object' && at !== null;
    at = Object.getPrototypeOf(at)
  ) {
    if (at === Object.prototype) return undefined;
    const own = Object.getOwnPropertyDescriptor(at, property);
    if (own !== undefined) return own;
  }
  return undefined;
}
