import { RepriseError } from '../../errors/index.js';
import type { JsonSchema } from '../compiled-schema.js';
import { asSchema, resolved } from '../json/sub-schemas.js';

/** A property as a field of a form, and the keywords that the form cannot carry. */
export interface FlatField {
  readonly field: JsonSchema;
  readonly lost: readonly string[];
}

const labels = ['title', 'description', 'default'];
/** Not rules: nothing is lost without them. */
const annotations = new Set(['type', 'examples', ...labels, 'contentEncoding', 'contentMediaType']);
const formats: readonly unknown[] = ['email', 'uri', 'date', 'date-time'];

/** Throws UNSUPPORTED_FORM for what is no primitive, choice, or list of choices. `root` is the document it stands in. */
export function flatField(property: JsonSchema, root: JsonSchema, where: string): FlatField {
  const schema = withoutNull(property, root);
  if (schema['type'] === 'object' || isUnionOfObjects(schema, root)) throw unsupported(where, 'an object');
  const choices = choicesOf(schema);
  if (choices !== undefined) return choiceField(schema, choices);
  switch (primaryType(schema)) {
    case 'string':
      return pick(schema, 'string', [
        'minLength',
        'maxLength',
        ...(formats.includes(schema['format']) ? ['format'] : []),
      ]);
    case 'integer':
      return numberField(schema, 'integer');
    case 'number':
      return numberField(schema, 'number');
    case 'boolean':
      return pick(schema, 'boolean', []);
    case 'array':
      return listField(schema, root, where);
    default:
      throw unsupported(where, 'a value of any type');
  }
}

interface Choice {
  readonly value: unknown;
  readonly title?: unknown;
}

/** The keywords that state choices; where several do, a form can carry the first. */
const choiceKeywords = ['enum', 'const', 'oneOf', 'anyOf'] as const;

/** Booleans are a type of field of their own. */
function choicesOf({ enum: values, oneOf, anyOf, const: only, type }: JsonSchema): Choice[] | undefined {
  if (type === 'boolean') return undefined;
  if (Array.isArray(values)) return values.map((value: unknown) => ({ value }));
  if (only !== undefined) return [{ value: only }];
  const each: readonly JsonSchema[] = [oneOf, anyOf].find(Array.isArray) ?? [];
  if (each.length === 0 || !each.every((one) => 'const' in one)) return undefined;
  return each.map(({ const: value, title }) => ({ value, title }));
}

function choiceField(schema: JsonSchema, choices: readonly Choice[]): FlatField {
  const titled = choices.some(({ title }) => title !== undefined);
  const carried = choiceKeywords.filter((keyword) => schema[keyword] !== undefined).slice(0, 1);
  const picked = pick(schema, 'string', ['enumNames', ...carried]);
  const {
    enum: _enum,
    oneOf: _oneOf,
    anyOf: _anyOf,
    const: _const,
    enumNames: names,
    default: preset,
    ...field
  } = picked.field;
  // what schemas called titles before 2025-11-25: only such a list says it for every choice
  const named = !titled && Array.isArray(names) && names.length === choices.length;
  return {
    field: {
      ...field,
      ...(titled ? { oneOf: titledChoices(choices) } : { enum: choices.map(({ value }) => String(value)) }),
      ...(named && { enumNames: names.map(String) }),
      ...(preset !== undefined && { default: String(preset) }),
    },
    lost: picked.lost,
  };
}

function titledChoices(choices: readonly Choice[]): JsonSchema[] {
  return choices.map(({ value, title }) => ({ const: String(value), title: String(title ?? value) }));
}

function listField(schema: JsonSchema, root: JsonSchema, where: string): FlatField {
  const choices = choicesOf(resolved(asSchema(schema['items']), root));
  if (choices === undefined) throw unsupported(where, 'a list of anything but given choices');
  const titled = choices.some(({ title }) => title !== undefined);
  const { field, lost } = pick(schema, 'array', ['minItems', 'maxItems', 'items']);
  const preset = field['default'];
  return {
    field: {
      ...field,
      items: titled
        ? { anyOf: titledChoices(choices) }
        : { type: 'string', enum: choices.map(({ value }) => String(value)) },
      ...(Array.isArray(preset) && { default: preset.map(String) }),
    },
    lost,
  };
}

/** Forms know inclusive bounds only. Of whole numbers the next one is the bound; of others the looser bound is shown. */
function numberField(schema: JsonSchema, type: 'integer' | 'number'): FlatField {
  const { exclusiveMinimum: above, exclusiveMaximum: below, ...rest } = schema;
  const step = type === 'integer' ? 1 : 0;
  const bounds: JsonSchema = { ...rest };
  if (typeof above === 'number')
    bounds['minimum'] = atLeast(rest['minimum'], step ? Math.floor(above) + 1 : above);
  if (typeof below === 'number')
    bounds['maximum'] = atMost(rest['maximum'], step ? Math.ceil(below) - 1 : below);
  const { field, lost } = pick(bounds, type, ['minimum', 'maximum']);
  if (step === 1) return { field, lost };
  const open = Object.entries({ exclusiveMinimum: above, exclusiveMaximum: below });
  return {
    field,
    lost: [...lost, ...open.filter(([, bound]) => bound !== undefined).map(([keyword]) => keyword)],
  };
}

function atLeast(existing: unknown, bound: number): number {
  return typeof existing === 'number' ? Math.max(existing, bound) : bound;
}

function atMost(existing: unknown, bound: number): number {
  return typeof existing === 'number' ? Math.min(existing, bound) : bound;
}

function pick(schema: JsonSchema, type: string, keywords: readonly string[]): FlatField {
  const kept = [...keywords, ...labels].filter((keyword) => schema[keyword] !== undefined);
  return {
    field: { type, ...Object.fromEntries(kept.map((keyword) => [keyword, schema[keyword]])) },
    lost: Object.keys(schema).filter((keyword) => !keywords.includes(keyword) && !annotations.has(keyword)),
  };
}

function primaryType({ type }: JsonSchema): unknown {
  return Array.isArray(type) ? (type.includes('number') ? 'number' : type[0]) : type;
}

function isUnionOfObjects({ oneOf, anyOf }: JsonSchema, root: JsonSchema): boolean {
  const each = [oneOf, anyOf].find(Array.isArray) ?? [];
  return each.some((one) => resolved(asSchema(one), root)['type'] === 'object');
}

/** An answer has a value or no value: null has no place in a form. */
function withoutNull(property: JsonSchema, root: JsonSchema): JsonSchema {
  const schema = resolved(property, root);
  const { anyOf, ...beside } = schema;
  const { type } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.filter((name) => name !== 'null') };
  if (!Array.isArray(anyOf)) return schema;
  const left = anyOf.map((one) => resolved(asSchema(one), root)).filter((one) => one['type'] !== 'null');
  return left.length === 1 ? { ...left[0], ...beside } : { ...beside, anyOf: left };
}

function unsupported(where: string, what: string): RepriseError {
  return new RepriseError('UNSUPPORTED_FORM', `a form has no field for ${what}.`, {
    where,
    fix: 'Ask for text, numbers, yes/no, a choice or several choices; ask for nested data in questions of its own.',
  });
}
