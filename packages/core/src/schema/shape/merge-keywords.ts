import type { JsonSchema } from '../compiled-schema.js';

const lower = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const upper = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);

/** Adds keywords to a schema so that both hold: the tighter bound wins, what cannot be joined goes to `allOf`. */
export function mergeKeywords(into: JsonSchema, added: JsonSchema): void {
  for (const [keyword, value] of Object.entries(added)) {
    const existing = into[keyword];
    if (existing === undefined) into[keyword] = value;
    else if (keyword === 'allOf') into[keyword] = [...listOf(existing), ...listOf(value)];
    else if (lower.has(keyword)) into[keyword] = Math.max(Number(existing), Number(value));
    else if (upper.has(keyword)) into[keyword] = Math.min(Number(existing), Number(value));
    else if (JSON.stringify(existing) !== JSON.stringify(value)) {
      into['allOf'] = [...listOf(into['allOf']), { [keyword]: value }];
    }
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
