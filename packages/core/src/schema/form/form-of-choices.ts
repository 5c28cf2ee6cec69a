import { RepriseError } from '../../errors/index.js';
import type { Form, JsonSchema, Parsed } from '../compiled-schema.js';
import type { Choices } from './choices.js';
import type { FieldLabel } from './form-type.js';

/** A form of one field, a choice or a list of them; numbers travel as strings. Throws UNSUPPORTED_FORM. */
export function formOfChoices({ list, several }: Choices, label: FieldLabel, where: string): Form {
  const byText = new Map(list.map(({ value }) => [String(value), value]));
  if (byText.size === 0 || byText.size < list.length) {
    throw new RepriseError('UNSUPPORTED_FORM', 'the choices are none, or not all different.', {
      where,
      fix: 'Give at least one choice, and each once.',
    });
  }
  const titled = list.some(({ title }) => title !== undefined);
  const options: JsonSchema[] = list.map(({ value, title }) => ({
    const: String(value),
    title: title ?? String(value),
  }));
  const one = titled ? { oneOf: options } : { enum: [...byText.keys()] };
  const { min, max } = several ?? {};
  const field: JsonSchema =
    several === undefined
      ? { type: 'string', ...one }
      : {
          type: 'array',
          items: titled ? { anyOf: options } : { type: 'string', ...one },
          ...(min !== undefined && { minItems: min }),
          ...(max !== undefined && { maxItems: max }),
        };
  const { title, description } = label;
  const labels = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
  return Object.freeze({
    requestedSchema: { type: 'object', properties: { value: { ...field, ...labels } }, required: ['value'] },
    runtimeOnly: several === undefined ? [] : [{ path: 'value', rule: 'uniqueItems' }],
    parse: async (content: unknown) => answerIn(content, byText, several),
  });
}

function answerIn(
  content: unknown,
  byText: ReadonlyMap<string, string | number>,
  several: Choices['several'],
): Parsed<unknown> {
  if (typeof content !== 'object' || content === null) return refused('is required');
  const unknown = Object.keys(content).find((key) => key !== 'value');
  if (unknown !== undefined) return refused('is not a known property', unknown);
  const given: unknown = 'value' in content ? content.value : undefined;
  const allowed = [...byText.keys()].join(', ');
  if (several === undefined) {
    const chosen = typeof given === 'string' ? byText.get(given) : undefined;
    return chosen === undefined ? refused(`must be one of ${allowed}`) : { ok: true, value: chosen };
  }
  if (!Array.isArray(given)) return refused(`must be a list of ${allowed}`);
  const chosen = given.map((text: unknown) => (typeof text === 'string' ? byText.get(text) : undefined));
  if (chosen.includes(undefined)) return refused(`must have nothing but ${allowed}`);
  if (new Set(chosen).size < chosen.length) return refused('must have each choice once at most');
  const { min = 0, max = byText.size } = several;
  if (chosen.length < min) return refused(`must have at least ${min}`);
  return chosen.length > max ? refused(`must have at most ${max}`) : { ok: true, value: chosen };
}

function refused(message: string, path = 'value'): Parsed<never> {
  return { ok: false, problems: [{ path, message }] };
}
