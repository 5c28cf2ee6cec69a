import { RepriseError } from '../../errors/index.js';
import { classNameOf } from '../../metadata/index.js';
import { type ArgumentField, compileArguments } from '../compile-arguments.js';
import { compileSchema } from '../compile-schema.js';
import type { CompiledSchema, Form, JsonSchema, Parsed, RuntimeOnlyRule } from '../compiled-schema.js';
import { convertStrings } from '../from-strings.js';
import { isDtoClass, isStandard, isTypeBox, type SchemaSource } from '../schema-source.js';
import { Choices, choicesIn } from './choices.js';
import { flatField } from './flat-field.js';
import { formOfChoices } from './form-of-choices.js';
import { type FieldLabel, type FormData, type FormType, Integer } from './form-type.js';

/** A question is often asked in a loop; its schema is compiled once. Such forms do not depend on the call. */
const formsOfSources = new WeakMap<SchemaSource, Form>();

/**
 * A question in the restricted form the protocol allows, with the check of its answer.
 * What the form cannot carry is listed in `runtimeOnly` and enforced by `parse`; choices of numbers travel as strings.
 * `label` names the one field of a scalar or choice. Throws UNSUPPORTED_FORM at the field, and what compileSchema throws.
 */
export function compileForm<F extends FormType>(
  type: F,
  label: FieldLabel | undefined,
  where: string,
): Form<FormData<F>> {
  // Each branch makes the form of its own kind of type; the compiler cannot follow a conditional type through them.
  return formOf(type, label ?? {}, where) as Form<FormData<F>>;
}

function formOf(type: unknown, label: FieldLabel, where: string): Form {
  if (type === undefined || type === null) throw nothingToAsk(where, 'it is not said what the answer is');
  if (isDtoClass(type) || isTypeBox(type) || isStandard(type))
    return formOfSource(type as SchemaSource, where);
  const scalar = scalarType(type);
  if (scalar !== undefined) return formOfScalar(scalar, label, where);
  return formOfChoices(choicesOf(type, where), label, where);
}

function formOfSource(source: SchemaSource, where: string): Form {
  const known = formsOfSources.get(source);
  if (known !== undefined) return known;
  const at = isDtoClass(source) ? classNameOf(source) : where;
  const form = flatten(compileSchema(source, where), (name) =>
    isDtoClass(source) ? `${at}.${name}` : `${at}, field "${name}"`,
  );
  if (Object.keys(form.requestedSchema['properties'] ?? {}).length === 0)
    throw nothingToAsk(at, 'it has no fields');
  formsOfSources.set(source, form);
  return form;
}

function scalarType(type: unknown): Pick<ArgumentField, 'type' | 'integer'> | undefined {
  if (type === Integer) return { type: Number, integer: true };
  return type === String || type === Number || type === Boolean ? { type } : undefined;
}

function formOfScalar(
  type: Pick<ArgumentField, 'type' | 'integer'>,
  { title, description }: FieldLabel,
  where: string,
): Form {
  const field = { name: 'value', required: true, title, description, where, ...type };
  const form = flatten(compileArguments([field]), () => where);
  const parse = async (content: unknown): Promise<Parsed<unknown>> => {
    const parsed = await form.parse(content);
    return parsed.ok ? { ok: true, value: parsed.value['value'] } : parsed;
  };
  return { ...form, parse };
}

function choicesOf(type: unknown, where: string): Choices {
  if (type instanceof Choices) return type;
  if (!Array.isArray(type)) return new Choices(choicesIn(type, where));
  const [first] = type as readonly unknown[];
  const many = type.length === 1 && Array.isArray(first);
  const values: readonly unknown[] = many ? first : type;
  if (values.every((value) => typeof value === 'string')) {
    return new Choices(
      values.map((value) => ({ value })),
      many ? {} : undefined,
    );
  }
  throw new RepriseError('UNSUPPORTED_FORM', 'a choice is a list of strings.', {
    where,
    fix: "Give ['a', 'b'] for one of them, or [['a', 'b']] for several.",
  });
}

function nothingToAsk(where: string, what: string): RepriseError {
  return new RepriseError('UNSUPPORTED_FORM', `${what}.`, {
    where,
    fix: 'For a bare yes or no use ctx.confirm(message). If it is a class, a circular import may have left it undefined.',
  });
}

function flatten<T>(schema: CompiledSchema<T>, whereIs: (field: string) => string): Form<T> {
  const { jsonSchema } = schema;
  const dropped: RuntimeOnlyRule[] = [];
  // A compiled schema holds its properties as an object of schemas.
  const properties = (jsonSchema['properties'] ?? {}) as Record<string, JsonSchema>;
  const fields = Object.entries(properties).map(([name, property]): [string, JsonSchema] => {
    const { field, lost } = flatField(property, jsonSchema, whereIs(name));
    dropped.push(...lost.map((rule) => ({ path: name, rule })));
    return [name, field];
  });
  const required: unknown = jsonSchema['required'];
  return Object.freeze({
    requestedSchema: {
      type: 'object',
      properties: Object.fromEntries(fields),
      ...(Array.isArray(required) && { required: [...(required as string[])] }),
    },
    runtimeOnly: [...schema.runtimeOnly, ...dropped],
    parse: (content: unknown) => schema.parse(fromForm(jsonSchema, Object.fromEntries(fields), content)),
  });
}

/** Choices of numbers were asked for as choices of strings. */
function fromForm(schema: JsonSchema, fields: Record<string, JsonSchema>, content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  const asText = Object.entries(content).filter(
    ([name]) => Object.hasOwn(fields, name) && isChoice(fields[name]),
  );
  return { ...content, ...convertStrings(schema, Object.fromEntries(asText)) };
}

function isChoice(field: JsonSchema | undefined): boolean {
  return field !== undefined && (field['type'] === 'array' || 'enum' in field || 'oneOf' in field);
}
