import { RepriseError } from '../../errors/index.js';
import { enumValues, type ValueType } from '../rules/index.js';
import type { Dto } from '../dto.js';
import { classKind } from './class-kind.js';
import type { TypeHint } from './class-transformer.js';
import { mergeKeywords } from './merge-keywords.js';
import type { AppliedRule } from './read-rules.js';
import type { ShapeReader } from './read-shape.js';
import { narrow, typeByDesign, typesByRules } from './resolve-type.js';
import type { Kind, ValueShape } from './shape.js';
import { unknownType } from './unknown-type.js';

/** What is known of a value: of a property, or of the items of one. */
export interface ValueFacts {
  readonly cls: Dto;
  readonly name: string;
  readonly where: string;
  readonly design: unknown;
  readonly hint: TypeHint | undefined;
  readonly rules: readonly AppliedRule[];
  readonly nested: boolean;
  readonly allowed: boolean;
  readonly transformed: boolean;
  readonly item: boolean;
}

export function readValue(facts: ValueFacts, reader: ShapeReader): ValueShape {
  const { rules, where, hint, design } = facts;
  const asClass = classKind(facts, reader);
  if (asClass !== undefined) return withRules(asClass, 'object', rules, where);
  if (hint?.type === BigInt || design === BigInt) return withRules({ is: 'bigint' }, 'string', rules, where);

  const byRules = typesByRules(rules, where);
  const declared = typeByDesign(hint?.type) ?? typeByDesign(design);
  const types = byRules === undefined ? declared && [declared] : narrow(byRules, declared);
  // class-transformer converts by @Type before the rules look, so the two must agree.
  if (types === undefined && byRules !== undefined && typeByDesign(hint?.type)) throw contradiction(where);
  const known = types ?? byRules;
  if (known === undefined && !isFree(facts)) throw unknownType(facts);
  const scalar = byRules === undefined || typeByDesign(hint?.type) !== undefined ? known?.[0] : undefined;
  return withRules(kindOf(known, scalar, rules), known, rules, where);
}

/** Where anything goes: by @Allow, in a list without rules for its items, before a @Transform. */
function isFree({ allowed, transformed, item }: ValueFacts): boolean {
  return allowed || transformed || item;
}

function kindOf(
  types: readonly ValueType[] | undefined,
  scalar: ValueType | undefined,
  rules: readonly AppliedRule[],
): Kind {
  if (types?.includes('date')) return { is: 'date' };
  const choice = rules.find(({ name, conditional }) => name === 'isEnum' && !conditional);
  const values = enumValues(choice?.args[0]);
  if (values.some((value) => typeof value === 'number')) return { is: 'choice', values };
  if (scalar === 'string' || scalar === 'boolean') return { is: 'scalar', type: scalar };
  if (scalar === 'number' || scalar === 'integer') return { is: 'scalar', type: 'number' };
  return { is: 'open' };
}

/** A value of that kind with what the rules add to it. */
export function withRules(
  kind: Kind,
  type: ValueType | readonly ValueType[] | undefined,
  rules: readonly AppliedRule[],
  where: string,
): ValueShape {
  if ((kind.is === 'list' || kind.is === 'set' || kind.is === 'map') && rules.length > 0)
    checkContainer(kind, rules, where);
  const types = typeof type === 'string' ? [type] : type;
  const keywords = kind.is === 'bigint' ? { type: 'string', pattern: '^-?\\d+$' } : typeKeywords(types);
  const runtimeOnly: string[] = [];
  const notes: string[] = [];
  const single = types?.length === 1 ? types[0] : undefined;
  const itemType = 'items' in kind ? itemTypeOf(kind.items) : undefined;
  for (const { rule, args, context, conditional, name } of rules) {
    const use = { args, context, type: single, itemType };
    const said = typeof rule.keywords === 'function' ? rule.keywords(use) : rule.keywords;
    if (said !== undefined && !conditional) mergeKeywords(keywords, said);
    if (said !== undefined && !conditional && rule.partly !== true) continue;
    runtimeOnly.push(name);
    if (rule.note !== undefined) notes.push(rule.note);
  }
  return { kind, keywords, runtimeOnly, notes };
}

function typeKeywords(types: readonly ValueType[] | undefined): Record<string, unknown> {
  if (types === undefined) return {};
  if (types.includes('date')) return { type: 'string', format: 'date-time' };
  return { type: types.length === 1 ? types[0] : [...types] };
}

function itemTypeOf({ kind, keywords }: ValueShape): ValueType | undefined {
  if (kind.is === 'object' || kind.is === 'union') return 'object';
  if (kind.is === 'date') return 'date';
  // Only a type that typeKeywords wrote can stand there.
  return typeof keywords['type'] === 'string' ? (keywords['type'] as ValueType) : undefined;
}

/** class-validator's array rules refuse every Set and Map, and its other rules every array. */
function checkContainer({ is }: Kind, rules: readonly AppliedRule[], where: string): void {
  const types = typesByRules(rules, where);
  if (types === undefined || types.includes(is === 'list' ? 'array' : 'object')) return;
  const name = { list: 'a list', set: 'a Set', map: 'a Map' }[String(is)] ?? is;
  throw new RepriseError('UNSUPPORTED_TYPE', `one of its rules refuses ${name} whatever it holds.`, {
    where,
    fix: 'Add { each: true } to rules about the items, and remove rules about another type.',
  });
}

function contradiction(where: string): RepriseError {
  return new RepriseError('UNSUPPORTED_TYPE', 'what @Type converts to is refused by its rules.', {
    where,
    fix: 'Use rules of the type that @Type names (@IsDate for Date), or remove @Type.',
  });
}
