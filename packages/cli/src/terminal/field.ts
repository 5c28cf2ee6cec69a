/** One field of a question's form, as far as a terminal needs to know it. */
export type Field = FieldFacts &
  (
    | {
        readonly kind: 'text';
        readonly format: string | undefined;
        readonly least: number;
        readonly most: number;
      }
    | { readonly kind: 'number'; readonly isInteger: boolean; readonly least: number; readonly most: number }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
    | {
        readonly kind: 'choices';
        readonly choices: readonly Choice[];
        readonly least: number;
        readonly most: number;
      }
  );

export type FieldValue = string | number | boolean | string[];

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface FieldFacts {
  readonly name: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly initial: FieldValue | undefined;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields of an elicitation's `requestedSchema`, in its order. */
export function fieldsOf(form: unknown): Field[] {
  const { properties = {}, required = [] } = form as {
    properties?: Record<string, Schema>;
    required?: string[];
  }; // checked by the SDK
  return Object.entries(properties).map(([name, schema]) => fieldOf(name, schema, required.includes(name)));
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): Field {
  const facts: FieldFacts = {
    name,
    label: labelOf(name, schema),
    isRequired,
    initial: schema['default'] as FieldValue | undefined, // as the protocol has it
  };
  const bounds = (low: string, high: string) => ({
    least: typeof schema[low] === 'number' ? schema[low] : -Infinity,
    most: typeof schema[high] === 'number' ? schema[high] : Infinity,
  });
  const choices = choicesOf(schema);
  if (choices) return { ...facts, kind: 'choice', choices };
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return {
        ...facts,
        kind: 'number',
        isInteger: schema['type'] === 'integer',
        ...bounds('minimum', 'maximum'),
      };
    case 'boolean':
      return { ...facts, kind: 'boolean' };
    case 'array':
      return {
        ...facts,
        kind: 'choices',
        choices: choicesOf(schema['items']) ?? [],
        ...bounds('minItems', 'maxItems'),
      };
    default: {
      const format = typeof schema['format'] === 'string' ? schema['format'] : undefined;
      return { ...facts, kind: 'text', format, ...bounds('minLength', 'maxLength') };
    }
  }
}

function labelOf(name: string, { title, description }: Schema): string {
  const label = typeof title === 'string' ? title : name;
  return typeof description === 'string' ? `${label} (${description})` : label;
}

/** `enum`, with the older `enumNames` beside it, or a list of `const` with `title`. */
function choicesOf(schema: unknown): Choice[] | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { enum: values, enumNames, oneOf, anyOf } = schema as Schema;
  const titled = oneOf ?? anyOf;
  if (Array.isArray(titled))
    return titled.map(({ const: value, title }: Schema) => ({
      value: String(value),
      label: String(title ?? value),
    }));
  if (!Array.isArray(values)) return undefined;
  const names: readonly unknown[] = Array.isArray(enumNames) ? enumNames : [];
  return values.map((value, at) => ({ value: String(value), label: String(names[at] ?? value) }));
}
