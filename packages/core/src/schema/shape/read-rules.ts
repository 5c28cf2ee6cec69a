import { getMetadataStorage } from 'class-validator';
import type { Dto } from '../dto.js';
import { type Rule, ruleFor } from '../rules/index.js';

/** One rule on one property, as class-validator will apply it. */
export interface AppliedRule {
  readonly name: string;
  readonly rule: Rule;
  readonly args: readonly unknown[];
  readonly each: boolean;
  /** Applied only when the rule's own `validateIf` says so. */
  readonly conditional: boolean;
  readonly context: unknown;
}

/** Everything class-validator knows of one property. */
export interface PropertyRules {
  readonly rules: AppliedRule[];
  optional: boolean;
  /** `@ValidateIf` */
  conditional: boolean;
  nested: 'no' | 'value' | 'each';
  /** `@Allow` */
  allowed: boolean;
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/**
 * The rules of a class, by property, base class first. Read by the very call that validation uses, so that what it drops
 * is dropped here too: a redeclared property loses the inherited rules, and groups filter.
 */
export function readRules(cls: Dto, groups: readonly string[] | undefined): Map<string, PropertyRules> {
  const all = getMetadataStorage().getTargetValidationMetadatas(cls, '', false, false, groups && [...groups]);
  const properties = new Map<string, PropertyRules>();
  // Within a property decorators run bottom-up: read backwards for the order on the page, properties in theirs.
  const ordered = [...all].sort((a, b) => depth(a, cls) - depth(b, cls));
  for (const { propertyName } of ordered) properties.set(propertyName, empty());
  for (const metadata of ordered.reverse()) {
    const property = properties.get(metadata.propertyName);
    if (property !== undefined) add(property, metadata);
  }
  return properties;
}

/** Whether any rule of class-validator stands on a property of the class or of one it extends. */
export function hasRules(cls: Dto): boolean {
  return getMetadataStorage().getTargetValidationMetadatas(cls, '', false, false).length > 0;
}

export function empty(): PropertyRules {
  return { rules: [], optional: false, conditional: false, nested: 'no', allowed: false };
}

/** How far up a rule was declared, negated: base classes sort first. */
function depth(metadata: Metadata, cls: Dto): number {
  let steps = 0;
  for (
    let at: unknown = cls;
    typeof at === 'function' && at !== metadata.target;
    at = Object.getPrototypeOf(at)
  ) {
    steps -= 1;
  }
  return steps;
}

function add(property: PropertyRules, metadata: Metadata): void {
  switch (metadata.type) {
    case 'conditionalValidation':
      if (metadata.name === 'isOptional') property.optional = true;
      else property.conditional = true;
      break;
    case 'nestedValidation':
      property.nested = metadata.each ? 'each' : 'value';
      break;
    case 'whitelistValidation':
      property.allowed = true;
      break;
    default:
      property.rules.push(applied(metadata));
  }
}

function applied(metadata: Metadata): AppliedRule {
  return {
    name: nameOf(metadata),
    rule: ruleFor(metadata.name, metadata.constraintCls),
    args: (metadata.constraints as readonly unknown[] | undefined) ?? [],
    each: metadata.each === true,
    conditional: typeof metadata.validateIf === 'function',
    context: metadata.context as unknown,
  };
}

function nameOf({ name, type, constraintCls }: Metadata): string {
  if (name !== undefined && name !== '') return name;
  // Absent for rules without a constraint class, whatever the declaration says.
  const constraint = constraintCls as { name?: string } | undefined;
  return constraint?.name || type;
}
