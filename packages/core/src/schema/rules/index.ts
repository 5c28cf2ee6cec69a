import { collectionRules } from './collection-rules.js';
import { describedRule } from './describe-rule.js';
import { formatRules } from './format-rules.js';
import { identifierRules } from './identifier-rules.js';
import { numberRules } from './number-rules.js';
import type { Rule, RuleTable } from './rule.js';
import { stringRules } from './string-rules.js';
import { valueRules } from './value-rules.js';

export { describeRule, type RuleDescription, type RuleIdentity } from './describe-rule.js';
export { enumValues } from './scalars.js';
export type { Rule, RuleUse, ValueType } from './rule.js';

/** Every decorator of class-validator that states a rule, by the name it registers. */
export const ruleTable: RuleTable = {
  ...stringRules,
  ...formatRules,
  ...identifierRules,
  ...numberRules,
  ...valueRules,
  ...collectionRules,
};

/** A rule that nobody described: enforced, not shown. */
const unknownRule: Rule = {};

/** The row of a rule. What the author described goes first, also for names that the table knows. */
export function ruleFor(name: string | undefined, constraint: unknown): Rule {
  const known = name !== undefined && Object.hasOwn(ruleTable, name) ? ruleTable[name] : undefined;
  return describedRule(name, constraint) ?? known ?? unknownRule;
}
