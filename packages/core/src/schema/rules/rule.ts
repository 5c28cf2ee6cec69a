import type { JsonSchema } from '../compiled-schema.js';

/** The type of a value as rules see it. A date is a string on the wire and a Date in the handler. */
export type ValueType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'date';

/** One application of a rule: what stands between its parentheses, and what else is known of the value. */
export interface RuleUse {
  readonly args: readonly unknown[];
  /** The type that all rules and the compiler agree on; undefined where several or none are left. */
  readonly type: ValueType | undefined;
  /** The type of the items, where the value is a list. */
  readonly itemType: ValueType | undefined;
  /** What class-validator's `context` option holds. */
  readonly context: unknown;
}

/** What a validation rule says in terms of JSON Schema. One row of the table. */
export interface Rule {
  /** The types the rule accepts; absent where it accepts values of any type. */
  readonly type?: ValueType | ((args: readonly unknown[]) => readonly ValueType[] | undefined);
  /** The rule as keywords. Absent, or undefined for these arguments: enforced at run time only. */
  readonly keywords?: JsonSchema | ((use: RuleUse) => JsonSchema | undefined);
  /** The keywords are necessary but not sufficient: the rest is enforced at run time. */
  readonly partly?: true;
  /** What the rule wants, for people; describes a property that says nothing itself. */
  readonly note?: string;
  /** A missing value passes the rule. */
  readonly acceptsMissing?: true;
}

export type RuleTable = Readonly<Record<string, Rule>>;

/** Nothing beyond the type needs saying. */
export const typeOnly = (type: ValueType): Rule => ({ type, keywords: {} });

/** A string rule that is exactly this pattern. */
export const pattern = (source: string): Rule => ({ type: 'string', keywords: { pattern: source } });

/** A string rule of which JSON Schema can say a part. */
export const partly = (keywords: JsonSchema, note: string): Rule => ({
  type: 'string',
  keywords,
  partly: true,
  note,
});

/** A string rule that only code can check. */
export const checked = (note: string): Rule => ({ type: 'string', note });
