import type { TargetMap } from 'class-transformer';
import { allowsUnknown, classNameOf, propertiesOf } from '../../metadata/index.js';
import type { Dto } from '../dto.js';
import { type Direction, exposedProperties, isHidden, typedProperties } from './class-transformer.js';
import { isReadOnly } from './design-type.js';
import { readProperty } from './read-property.js';
import { empty, readRules } from './read-rules.js';
import type { ClassShape, PropertyShape } from './shape.js';

export interface ReadOptions {
  readonly direction: Direction;
  /** class-validator groups; undefined means every rule. */
  readonly groups: readonly string[] | undefined;
}

/** Reads classes and the classes they nest, each once. Nothing is instantiated. */
export class ShapeReader {
  /** Nested classes that only the compiler names; class-transformer must be told of them. */
  readonly targetMaps: TargetMap[] = [];
  readonly #shapes = new Map<Dto, ClassShape>();

  constructor(readonly options: ReadOptions) {}

  /** Throws located errors for what cannot be expressed or would never validate. */
  shapeOf(cls: Dto): ClassShape {
    const known = this.#shapes.get(cls);
    if (known !== undefined) return known;
    const properties: PropertyShape[] = [];
    const byName = new Map<string, PropertyShape>();
    const byWireName = new Map<string, PropertyShape>();
    const ignored: string[] = [];
    const shape: ClassShape = { cls, isOpen: allowsUnknown(cls), properties, byName, byWireName, ignored };
    // Known before its properties are read: a class may nest itself.
    this.#shapes.set(cls, shape);
    for (const property of this.#read(cls)) {
      properties.push(property);
      byName.set(property.name, property);
      byWireName.set(property.wireName, property);
    }
    const unread = typedProperties(cls).filter((name) => !byName.has(name) && !this.#isHidden(cls, name));
    ignored.push(...unread.filter((name) => !ruledInAnyGroup(cls).has(name)));
    return shape;
  }

  /** class-transformer will construct `type` for the property although no `@Type` says so. */
  mapByDesign(target: Dto, property: string, type: Dto): void {
    this.targetMaps.push({ target, properties: { [property]: type } });
  }

  #isHidden(cls: Dto, name: string): boolean {
    const { direction } = this.options;
    return isHidden(cls, name, direction) || (direction === 'input' && isReadOnly(cls, name));
  }

  *#read(cls: Dto): Generator<PropertyShape> {
    const { groups } = this.options;
    const rules = readRules(cls, groups);
    const docs = propertiesOf(cls);
    const names = new Set([...rules.keys(), ...exposedProperties(cls), ...docs.keys()]);
    const ruled = groups === undefined ? rules : ruledInAnyGroup(cls);
    for (const name of names) {
      // What only rules of other groups stand on is no part of this schema, however well it is described.
      if (this.#isHidden(cls, name) || (ruled.has(name) && !rules.has(name))) continue;
      const where = `${classNameOf(cls)}.${name}`;
      yield readProperty(
        { cls, name, where, rules: rules.get(name) ?? empty(), docs: docs.get(name) ?? {} },
        this,
      );
    }
  }
}

function ruledInAnyGroup(cls: Dto): ReadonlyMap<string, unknown> {
  return readRules(cls, undefined);
}
