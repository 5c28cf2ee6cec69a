import { RepriseError } from '../../errors/index.js';
import type { RuleUse, ValueType } from '../rules/index.js';
import type { AppliedRule } from './read-rules.js';

/** What the type of a value may be, by its rules; undefined where none of them says. */
export function typesByRules(rules: readonly AppliedRule[], where: string): readonly ValueType[] | undefined {
  let types: readonly ValueType[] | undefined;
  for (const applied of rules.filter(({ conditional }) => !conditional)) {
    const accepted = typesOf(applied);
    if (accepted === undefined) continue;
    const both = types === undefined ? accepted : common(types, accepted);
    if (both.length === 0) {
      throw new RepriseError(
        'UNSUPPORTED_TYPE',
        `no value can satisfy all of its rules, ${applied.name} among them.`,
        {
          where,
          fix: 'Remove the rule that belongs to another type.',
        },
      );
    }
    types = both;
  }
  return types;
}

function typesOf({ rule, args, context }: AppliedRule): readonly ValueType[] | undefined {
  if (typeof rule.type === 'function') return rule.type(args);
  if (rule.type !== undefined) return [rule.type];
  // A rule described by its author names its type among the keywords.
  const use: RuleUse = { args, context, type: undefined, itemType: undefined };
  const said = typeof rule.keywords === 'function' ? rule.keywords(use)?.['type'] : undefined;
  return typeof said === 'string' && isValueType(said) ? [said] : undefined;
}

function isValueType(name: string): name is ValueType {
  return ['string', 'number', 'integer', 'boolean', 'object', 'array'].includes(name);
}

/** The types that remain when the declared one is taken into account; undefined where the two exclude each other. */
export function narrow(
  types: readonly ValueType[],
  declared: ValueType | undefined,
): readonly ValueType[] | undefined {
  if (declared === undefined) return types;
  const both = common(types, [declared]);
  return both.length === 0 ? undefined : both;
}

function common(one: readonly ValueType[], other: readonly ValueType[]): ValueType[] {
  const shared = new Set<ValueType>();
  for (const a of one) {
    for (const b of other) {
      if (a === b) shared.add(a);
      else if (isNumeric(a) && isNumeric(b)) shared.add('integer');
    }
  }
  return [...shared];
}

function isNumeric(type: ValueType): boolean {
  return type === 'number' || type === 'integer';
}

/** The JSON type of what the compiler wrote, where that can be trusted. */
export function typeByDesign(design: unknown): ValueType | undefined {
  if (design === String) return 'string';
  if (design === Number) return 'number';
  if (design === Boolean) return 'boolean';
  if (design === Date) return 'date';
  return undefined;
}
