import type { Field, FieldValue } from './field.js';

export type Checked =
  { readonly ok: true; readonly value: FieldValue } | { readonly ok: false; readonly problem: string };

const good = (value: FieldValue): Checked => ({ ok: true, value });
const bad = (problem: string): Checked => ({ ok: false, problem });

/** Reads what was typed for a field; choices by value or by label. The server has the last word on the answer. */
export function readField(field: Field, typed: string): Checked {
  switch (field.kind) {
    case 'text':
      return readText(field, typed);
    case 'number':
      return readNumber(field, typed.trim());
    case 'boolean':
      if (/^(true|yes|y)$/i.test(typed)) return good(true);
      return /^(false|no|n)$/i.test(typed) ? good(false) : bad('Say yes or no.');
    case 'choice': {
      const chosen = field.choices.find(({ value, label }) => value === typed || label === typed);
      return chosen ? good(chosen.value) : bad(`Choose one of ${list(field.choices)}.`);
    }
    case 'choices':
      return readChoices(field, typed);
  }
}

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>;

function readText({ least, most, format }: Of<'text'>, typed: string): Checked {
  if (typed.length < least) return bad(`Type at least ${least} characters.`);
  if (typed.length > most) return bad(`Type at most ${most} characters.`);
  const example = format === undefined ? undefined : formats[format];
  return example && !example.pattern.test(typed) ? bad(`Type it like ${example.like}.`) : good(typed);
}

const formats: Readonly<Record<string, { pattern: RegExp; like: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@]+$/, like: 'ada@example.com' },
  uri: { pattern: /^[a-z][a-z0-9+.-]*:\S+$/i, like: 'https://example.com' },
  date: { pattern: /^\d{4}-\d\d-\d\d$/, like: '2026-07-28' },
  'date-time': { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d/, like: '2026-07-28T09:30:00Z' },
};

function readNumber({ isInteger, least, most }: Of<'number'>, typed: string): Checked {
  const value = Number(typed);
  if (typed === '' || !Number.isFinite(value)) return bad('Type a number.');
  if (isInteger && !Number.isInteger(value)) return bad('Type a whole number.');
  if (value < least) return bad(`Type ${least} or more.`);
  return value > most ? bad(`Type ${most} or less.`) : good(value);
}

/** Several are separated by commas. */
function readChoices(field: Of<'choices'>, typed: string): Checked {
  const words = typed
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const chosen = words.map(
    (word) => field.choices.find(({ value, label }) => value === word || label === word)?.value,
  );
  if (chosen.includes(undefined)) return bad(`Choose from ${list(field.choices)}.`);
  return checkCount(
    field,
    chosen.filter((value) => value !== undefined),
  );
}

export function checkCount({ least, most }: Of<'choices'>, chosen: string[]): Checked {
  if (chosen.length < least) return bad(`Choose at least ${least}.`);
  return chosen.length > most ? bad(`Choose at most ${most}.`) : good(chosen);
}

function list(choices: Of<'choice'>['choices']): string {
  return choices.map(({ value }) => value).join(', ');
}
