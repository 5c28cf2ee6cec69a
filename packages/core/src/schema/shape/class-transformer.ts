/// <reference path="./class-transformer-storage.d.ts" />
import { TransformationType, type DiscriminatorDescriptor } from 'class-transformer';
// class-transformer exports no reader of what its decorators wrote. Probing with sample values instead would run
// constructors and @Transform functions, and cannot see @Expose, @Exclude and discriminators.
import { defaultMetadataStorage as storage } from 'class-transformer/cjs/storage.js';
import { messageOf, RepriseError } from '../../errors/index.js';
import type { Dto } from '../dto.js';

/** Whether values come in from a client or go out to it. */
export type Direction = 'input' | 'output';

/** What `@Type` says about a property. */
export interface TypeHint {
  /** What the type function returned; undefined where `@Type()` has none. */
  readonly type: unknown;
  readonly discriminator?: DiscriminatorDescriptor;
  readonly keepDiscriminator: boolean;
}

/** Reads `@Type`. Throws CIRCULAR_IMPORT. */
export function typeHint(cls: Dto, property: string, where: string): TypeHint | undefined {
  const metadata = storage.findTypeMetadata(cls, property);
  if (metadata === undefined) return undefined;
  const discriminator = metadata.options?.discriminator;
  return {
    type: callTypeFunction(metadata.typeFunction, where),
    ...(discriminator !== undefined && { discriminator }),
    keepDiscriminator: metadata.options?.keepDiscriminatorProperty === true,
  };
}

function callTypeFunction(typeFunction: unknown, where: string): unknown {
  if (typeof typeFunction !== 'function') return undefined;
  let type: unknown;
  let cause: unknown;
  try {
    type = (typeFunction as () => unknown)();
  } catch (thrown) {
    cause = thrown;
  }
  if (type !== undefined) return type;
  throw new RepriseError(
    'CIRCULAR_IMPORT',
    `the function given to @Type ${cause === undefined ? 'returned undefined' : `threw "${messageOf(cause)}"`}, so its module is not loaded yet.`,
    { where, fix: 'Break the circle of imports, or move the two classes into one file.', cause },
  );
}

/** The name of a property on the wire: that of `@Expose({ name })`, in both directions. */
export function wireNameOf(cls: Dto, property: string): string {
  return storage.findExposeMetadata(cls, property)?.options?.name ?? property;
}

/** Properties that carry `@Type`, of the class and of those it extends. */
export function typedProperties(cls: Dto): string[] {
  // The storage has no reader for all of them; the field is the one that its own readers use.
  const { _typeMetadatas: all } = storage as unknown as {
    _typeMetadatas: ReadonlyMap<unknown, ReadonlyMap<string, unknown>>;
  };
  const names: string[] = [];
  for (let at: unknown = cls; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    names.unshift(...(all.get(at)?.keys() ?? []));
  }
  return [...new Set(names)];
}

/** Whether class-transformer drops the property, by `@Exclude`, or by `@Expose` for other groups only. */
export function isHidden(cls: Dto, property: string, direction: Direction): boolean {
  const type = transformation(direction);
  if (storage.getExcludedProperties(cls, type).includes(property)) return true;
  const exposed = storage.findExposeMetadata(cls, property);
  if ((exposed?.options?.groups?.length ?? 0) > 0) return true;
  return (
    storage.getStrategy(cls) === 'excludeAll' && !storage.getExposedProperties(cls, type).includes(property)
  );
}

/** Properties that `@Expose` names, getters and methods among them. */
export function exposedProperties(cls: Dto): string[] {
  return storage
    .getExposedMetadatas(cls)
    .map(({ propertyName }) => propertyName)
    .filter((name) => name !== undefined);
}

export function isTransformed(cls: Dto, property: string, direction: Direction): boolean {
  return storage.findTransformMetadatas(cls, property, transformation(direction)).length > 0;
}

/** Whether class-transformer would write an instance otherwise than JSON does. */
export function changesOutput(cls: Dto, properties: readonly string[]): boolean {
  return (
    storage.getStrategy(cls) !== 'none' ||
    storage.getExposedMetadatas(cls).length > 0 ||
    storage.getExcludedMetadatas(cls).length > 0 ||
    properties.some((name) => isTransformed(cls, name, 'output') || storage.findTypeMetadata(cls, name))
  );
}

function transformation(direction: Direction): TransformationType {
  return direction === 'input' ? TransformationType.PLAIN_TO_CLASS : TransformationType.CLASS_TO_PLAIN;
}
