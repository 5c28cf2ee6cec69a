import 'reflect-metadata';
import type { AnyClass } from './class-records.js';
import type { MemberKey } from './records.js';

/**
 * The types of a method's parameters as the compiler wrote them, from the nearest class that has them.
 * Undefined where it wrote none: no decorator on the method, or compiled without emitDecoratorMetadata.
 * Trust String, Number, Boolean, Array, Date and classes; the rest is Object, Function or undefined.
 */
export function parameterTypes(cls: AnyClass, member: MemberKey): readonly unknown[] | undefined {
  return listOf(Reflect.getMetadata('design:paramtypes', cls.prototype as object, member));
}

/** The types of a constructor's parameters; undefined where the class has no constructor or no metadata. */
export function constructorTypes(cls: AnyClass): readonly unknown[] | undefined {
  return listOf(Reflect.getMetadata('design:paramtypes', cls));
}

/** The type of what a method returns: Promise for every async one; undefined where the compiler wrote none. */
export function returnType(cls: AnyClass, member: MemberKey): unknown {
  return Reflect.getMetadata('design:returntype', cls.prototype as object, member) as unknown;
}

function listOf(metadata: unknown): readonly unknown[] | undefined {
  return Array.isArray(metadata) ? metadata : undefined;
}
