import { RepriseError } from '../errors/index.js';
import { classNameOf } from '../metadata/index.js';
import { type ArgumentField, compileArguments } from './compile-arguments.js';
import { compileDto } from './compile-dto.js';
import type { CompiledSchema, Form, JsonSchema, Parsed, RuntimeOnlyRule } from './compiled-schema.js';
import type { Dto } from './dto.js';
import { flatField } from './flat-field.js';
import { type FieldLabel, type FormData, type FormType, Integer } from './form-type.js';
import { convertStrings } from './from-strings.js';

/** A question is often asked in a loop; its DTO is compiled once. Forms of DTOs do not depend on the call. */
const formsOfDtos = new WeakMap<Dto, Form<object>>();

/**
 * A question in the restricted form the protocol allows, with the check of its answer.
 * What the form cannot carry is listed in `runtimeOnly` and enforced by `parse`; choices of numbers travel as strings.
 * `label` names the one field of a scalar or choice. Throws UNSUPPORTED_FORM at `Dto.field`, and what compileDto throws.
 */
export function compileForm<F extends FormType>(
  type: F,
  label: FieldLabel | undefined,
  where: string,
): Form<FormData<F>> {
  // Each branch makes the form of its own kind of type; the compiler cannot follow a conditional type through them.
  return (isDto(type) ? formOfDto(type) : formOfValue(type, label, where)) as Form<FormData<F>>;
}

function isDto(type: FormType): type is Dto {
  return typeof type === 'function' && type !== String && type !== Number && type !== Boolean;
}

function formOfDto(dto: Dto): Form<object> {
  const known = formsOfDtos.get(dto);
  if (known !== undefined) return known;
  const name = classNameOf(dto);
  const form = flatten(compileDto(dto), name);
  formsOfDtos.set(dto, form);
  return form;
}

function formOfValue(type: unknown, label: FieldLabel = {}, where: string): Form<unknown> {
  const { title, description } = label;
  const field = { name: 'value', required: true, title, description, where, ...valueType(type, where) };
  const form = flatten(compileArguments([field]), where);
  const parse = async (content: unknown): Promise<Parsed<unknown>> => {
    const parsed = await form.parse(content);
    return parsed.ok ? { ok: true, value: parsed.value['value'] } : parsed;
  };
  return { ...form, parse };
}

function valueType(type: unknown, where: string): Pick<ArgumentField, 'type' | 'enum' | 'integer'> {
  if (type === Integer) return { type: Number, integer: true };
  if (type === String || type === Number || type === Boolean) return { type };
  if (Array.isArray(type) && type.length > 0 && type.every((choice) => typeof choice === 'string')) {
    return { type: String, enum: type };
  }
  throw new RepriseError('UNSUPPORTED_FORM', 'the type of the answer cannot be asked for.', {
    where,
    fix: 'Give a DTO class, String, Number, Boolean, Integer, or a list of at least one string.',
  });
}

function flatten<T>(schema: CompiledSchema<T>, owner: string): Form<T> {
  const { properties, required, $defs } = schema.jsonSchema;
  const dropped: RuntimeOnlyRule[] = [];
  // A compiled schema holds its properties as an object of schemas.
  const fields = Object.entries(properties as Record<string, JsonSchema>).map(
    ([name, property]): [string, JsonSchema] => {
      const { field, lost } = flatField(
        property,
        $defs as Record<string, JsonSchema> | undefined,
        `${owner}.${name}`,
      );
      dropped.push(...lost.map((rule) => ({ path: name, rule })));
      return [name, field];
    },
  );
  return Object.freeze({
    requestedSchema: {
      type: 'object',
      properties: Object.fromEntries(fields),
      ...(Array.isArray(required) && { required: [...(required as string[])] }),
    },
    runtimeOnly: [...schema.runtimeOnly, ...dropped],
    parse: (content: unknown) =>
      schema.parse(fromForm(schema.jsonSchema, Object.fromEntries(fields), content)),
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
