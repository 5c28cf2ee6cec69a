import type { JsonSchema } from '../compiled-schema.js';
import type { Rule } from './rule.js';

/** A class given to `@Validate`, or the name under which a decorator of yours is registered. */
export type RuleIdentity = (new (...args: never[]) => object) | string;

export interface RuleDescription {
  /** False where the schema says less than the rule; the rest is then listed as enforced at run time. Default true. */
  complete?: boolean;
  /** What the rule wants, for people; becomes the description of a property that has none. */
  note?: string;
}

// Written at import time, by the module that declares the rule, and read when a DTO is compiled.
const byName = new Map<string, Rule>();
const byClass = new WeakMap<object, Rule>();

/**
 * Says what a validator of your own means in JSON Schema, so that clients see it.
 * `describe` gets the rule's constraints and returns keywords (a `type` among them makes the type known);
 * undefined means that these constraints cannot be expressed. Without a description a rule is enforced and not shown.
 * Applies to DTOs compiled afterwards: call it where the rule is declared.
 */
export function describeRule(
  rule: RuleIdentity,
  describe: (args: readonly unknown[]) => JsonSchema | undefined,
  { complete = true, note }: RuleDescription = {},
): void {
  const row: Rule = {
    keywords: ({ args }) => describe(args),
    ...(!complete && { partly: true as const }),
    ...(note !== undefined && { note }),
  };
  if (typeof rule === 'string') byName.set(rule, row);
  else byClass.set(rule, row);
}

export function describedRule(name: string | undefined, constraint: unknown): Rule | undefined {
  const own = typeof constraint === 'function' ? byClass.get(constraint) : undefined;
  return own ?? (name === undefined ? undefined : byName.get(name));
}
