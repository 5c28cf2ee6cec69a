import { RepriseError } from '../../errors/index.js';
import { classNameOf } from '../../metadata/index.js';
import type { Dto } from '../dto.js';
import type { ShapeReader } from './read-shape.js';
import type { ValueFacts } from './read-value.js';
import type { ClassShape, Kind } from './shape.js';
import { unknownType } from './unknown-type.js';

const builtIns: ReadonlySet<unknown> = new Set([
  ...[Object, Function, Array, String, Number, Boolean, BigInt, Symbol, Date, Map, Set, Promise, Buffer],
]);

/** The kind of a value that is an instance of a DTO; undefined where it is none. */
export function classKind(facts: ValueFacts, reader: ShapeReader): Kind | undefined {
  const { hint, design, nested, where, transformed } = facts;
  if (hint?.discriminator !== undefined) return union(facts, reader);
  const hinted = isDtoClass(hint?.type) ? hint.type : undefined;
  if (hinted !== undefined && !nested) {
    if (transformed) return undefined;
    throw notValidated(where, hinted);
  }
  if (!nested) return undefined;
  const cls = hinted ?? (isDtoClass(design) ? design : undefined);
  if (cls === undefined) {
    if (transformed) return undefined;
    throw facts.item ? unknownItems(where) : unknownType(facts);
  }
  if (hinted === undefined) reader.mapByDesign(facts.cls, facts.name, cls);
  return { is: 'object', shape: reader.shapeOf(cls) };
}

function union({ hint, nested, where }: ValueFacts, reader: ShapeReader): Kind {
  const { property = '', subTypes = [] } = hint?.discriminator ?? {};
  if (!nested) throw notValidated(where, hint?.type);
  const variants = new Map<string, ClassShape>();
  for (const { name, value } of subTypes) {
    // class-transformer types the classes as constructors with any arguments, and calls them without.
    const shape = reader.shapeOf(value as Dto);
    if (hint?.keepDiscriminator !== true && shape.byWireName.has(property))
      throw removed(where, property, value);
    variants.set(name, shape);
  }
  return { is: 'union', property, variants };
}

function isDtoClass(type: unknown): type is Dto {
  return typeof type === 'function' && !builtIns.has(type);
}

function notValidated(where: string, cls: unknown): RepriseError {
  return new RepriseError(
    'UNSUPPORTED_TYPE',
    `it has @Type but no @ValidateNested, so no ${classNameOf(cls)} in it would be validated.`,
    {
      where,
      fix: 'Add @ValidateNested().',
    },
  );
}

function unknownItems(where: string): RepriseError {
  return new RepriseError('UNSUPPORTED_TYPE', 'the class of its items is not known at run time.', {
    where,
    fix: 'Add @Type(() => Item).',
  });
}

function removed(where: string, property: string, cls: unknown): RepriseError {
  return new RepriseError(
    'UNSUPPORTED_TYPE',
    `class-transformer removes the discriminator "${property}" before ${classNameOf(cls)}.${property} is validated.`,
    { where, fix: 'Set keepDiscriminatorProperty: true in the options of @Type.' },
  );
}
