import type { JsonSchema } from '../compiled-schema.js';
import { isJsonScalar } from './scalars.js';
import { type RuleTable, typeOnly } from './rule.js';

/** Rules about lists and objects as a whole. */
export const collectionRules: RuleTable = {
  isArray: typeOnly('array'),
  arrayNotEmpty: { type: 'array', keywords: { minItems: 1 } },
  arrayMinSize: { type: 'array', keywords: ({ args }) => size('minItems', args[0]) },
  arrayMaxSize: { type: 'array', keywords: ({ args }) => size('maxItems', args[0]) },
  arrayContains: { type: 'array', keywords: ({ args }) => containsAll(args[0]) },
  arrayNotContains: { type: 'array', keywords: ({ args }) => containsNone(args[0]) },
  arrayUnique: {
    type: 'array',
    // Objects are compared by identity or by a function of the author's; JSON Schema compares their content.
    keywords: ({ itemType }) =>
      itemType === undefined || itemType === 'object' || itemType === 'date'
        ? undefined
        : { uniqueItems: true },
    note: 'Without repetitions.',
  },
  isObject: typeOnly('object'),
  isNotEmptyObject: {
    type: 'object',
    keywords: ({ args }) => (ignoresEmptyValues(args[0]) ? undefined : { minProperties: 1 }),
    note: 'Not empty.',
  },
  isInstance: { note: 'Checked by its class.' },
};

function size(keyword: string, limit: unknown): JsonSchema | undefined {
  return typeof limit === 'number' && Number.isInteger(limit) && limit >= 0
    ? { [keyword]: limit }
    : undefined;
}

function containsAll(values: unknown): JsonSchema | undefined {
  if (!Array.isArray(values) || !values.every(isJsonScalar)) return undefined;
  return values.length === 0
    ? {}
    : { allOf: values.map((value: unknown) => ({ contains: { const: value } })) };
}

function containsNone(values: unknown): JsonSchema | undefined {
  if (!Array.isArray(values) || !values.every(isJsonScalar)) return undefined;
  return values.length === 0 ? {} : { not: { contains: { enum: [...values] } } };
}

function ignoresEmptyValues(options: unknown): boolean {
  return (
    typeof options === 'object' && options !== null && 'nullable' in options && options.nullable === false
  );
}
