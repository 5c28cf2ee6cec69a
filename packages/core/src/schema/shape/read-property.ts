import { RepriseError } from '../../errors/index.js';
import type { PropertyRecord } from '../../metadata/index.js';
import type { Dto } from '../dto.js';
import { isTransformed, typeHint, wireNameOf } from './class-transformer.js';
import { designType, isReadOnly } from './design-type.js';
import type { AppliedRule, PropertyRules } from './read-rules.js';
import type { ShapeReader } from './read-shape.js';
import { readValue, withRules } from './read-value.js';
import { anything, type PropertyShape, type ValueShape } from './shape.js';

export interface PropertyFacts {
  readonly cls: Dto;
  readonly name: string;
  readonly where: string;
  readonly rules: PropertyRules;
  readonly docs: PropertyRecord;
}

/** Joins what class-validator, class-transformer, the compiler and our decorators say about one property. */
export function readProperty(facts: PropertyFacts, reader: ShapeReader): PropertyShape {
  const { cls, name, where, rules, docs } = facts;
  const transformed = isTransformed(cls, name, reader.options.direction);
  const refuses = rules.rules.some(({ rule, conditional }) => !conditional && rule.acceptsMissing !== true);
  const mayBeMissing = rules.optional || rules.conditional || docs.default !== undefined;
  const unruled = rules.rules.length === 0 && !rules.allowed;
  const required = !mayBeMissing && (refuses || rules.nested !== 'no' || unruled);
  return {
    name,
    wireName: wireNameOf(cls, name),
    where,
    value: readWhole(facts, reader, transformed),
    required,
    unguarded: required && !rules.rules.some(guards),
    optional: rules.optional,
    conditional: rules.conditional,
    transformed,
    ruled: !transformed || reader.options.direction === 'input',
    readOnly: isReadOnly(cls, name),
    docs,
  };
}

/** Whether a rule is sure to refuse a missing value; of rules nobody described that is not known. */
function guards({ rule, conditional }: AppliedRule): boolean {
  return !conditional && rule.acceptsMissing !== true && Object.keys(rule).length > 0;
}

function readWhole(facts: PropertyFacts, reader: ShapeReader, transformed: boolean): ValueShape {
  const also = [...(transformed ? ['transform'] : []), ...(facts.rules.conditional ? ['validateIf'] : [])];
  // The function decides what goes out; nothing true can be said of it.
  if (transformed && reader.options.direction === 'output') return { ...anything, runtimeOnly: also };
  const shape = whole(facts, reader, transformed);
  return { ...shape, runtimeOnly: [...shape.runtimeOnly, ...also] };
}

function whole(
  { cls, name, where, rules }: PropertyFacts,
  reader: ShapeReader,
  transformed: boolean,
): ValueShape {
  const design = designType(cls, name);
  const hint = typeHint(cls, name, where);
  const ofItems = rules.rules.filter(({ each }) => each);
  const ofWhole = rules.rules.filter(({ each }) => !each);
  const nested = rules.nested !== 'no';
  const value = { cls, name, where, design, hint, nested, allowed: rules.allowed, transformed };
  const container = containerOf(design, rules);
  if (container === undefined) return readValue({ ...value, rules: ofWhole, item: false }, reader);
  if (container !== 'list' && hint === undefined && !transformed) throw untypedItems(where, container);
  const items = readValue({ ...value, design: undefined, rules: ofItems, item: true }, reader);
  return withRules({ is: container, items }, container === 'map' ? 'object' : 'array', ofWhole, where);
}

function containerOf(design: unknown, rules: PropertyRules): 'list' | 'set' | 'map' | undefined {
  if (design === Set) return 'set';
  if (design === Map) return 'map';
  const isList =
    design === Array ||
    rules.nested === 'each' ||
    rules.rules.some(({ each, rule }) => each || rule.type === 'array');
  return isList ? 'list' : undefined;
}

function untypedItems(where: string, container: 'set' | 'map'): RepriseError {
  const name = container === 'set' ? 'Set' : 'Map';
  return new RepriseError(
    'UNSUPPORTED_TYPE',
    `the type of what the ${name} holds is not known at run time.`,
    {
      where,
      fix: 'Add @Type(() => Item), with String, Number or a class for Item.',
    },
  );
}
