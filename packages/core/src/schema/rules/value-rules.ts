import type { JsonSchema } from '../compiled-schema.js';
import { enumValues, isJsonScalar, typesOfValues } from './scalars.js';
import type { RuleTable, RuleUse } from './rule.js';

/** Rules that compare with given values, and rules about presence. */
export const valueRules: RuleTable = {
  // Where the type says nothing, null has to be excluded.
  isDefined: { keywords: ({ type }) => (type === undefined ? { not: { const: null } } : {}) },
  isIn: {
    type: ([values]) => typesOfValues(values),
    keywords: ({ args, context }) => oneOf(args[0], context),
  },
  isNotIn: {
    keywords: ({ args }) => (allScalars(args[0]) ? { not: { enum: [...args[0]] } } : undefined),
    acceptsMissing: true,
  },
  isEnum: {
    type: ([object]) => typesOfValues(enumValues(object)),
    keywords: ({ args, context }) => oneOf(enumValues(args[0]), context),
  },
  equals: {
    type: ([value]) => typesOfValues([value]),
    keywords: ({ args }) => (isJsonScalar(args[0]) ? { const: args[0] } : undefined),
  },
  notEquals: {
    keywords: ({ args }) => (isJsonScalar(args[0]) ? { not: { const: args[0] } } : undefined),
    acceptsMissing: true,
  },
  isEmpty: { keywords: { enum: ['', null] }, acceptsMissing: true },
  isNotEmpty: { keywords: notEmpty },
};

/** A `titles` map in the rule's context gives every choice a name for people. */
function oneOf(values: unknown, context: unknown): JsonSchema | undefined {
  if (!allScalars(values)) return undefined;
  const titles = titlesOf(context);
  if (titles === undefined) return { enum: [...values] };
  return { oneOf: values.map((value) => ({ const: value, title: String(titles[String(value)] ?? value) })) };
}

function titlesOf(context: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof context !== 'object' || context === null || !('titles' in context)) return undefined;
  const { titles } = context;
  // Only read by key, and every value is made a string.
  return typeof titles === 'object' && titles !== null ? (titles as Record<string, unknown>) : undefined;
}

function allScalars(values: unknown): values is readonly unknown[] {
  return Array.isArray(values) && values.every(isJsonScalar);
}

/** Null and the empty string are the only empty values, and most types exclude them already. */
function notEmpty({ type }: RuleUse): JsonSchema {
  if (type === 'string') return { minLength: 1 };
  return type === undefined ? { not: { enum: ['', null] } } : {};
}
