import { CommandError } from '../command-error.js';
import { asSchema, type Schema } from './schema-at.js';

/** What was typed, as the type that the schema names. Without a type, JSON if it is JSON, else text. */
export function typedValue(name: string, typed: string, schema: Schema): unknown {
  const types = [schema['type']].flat();
  if (types.includes('string') || isTextChoice(schema)) return typed;
  if (types.includes('number') || types.includes('integer')) return numberFrom(name, typed);
  if (types.includes('boolean')) {
    if (typed === 'true' || typed === 'false') return typed === 'true';
    throw new CommandError(
      `--arg ${name}=${typed}: ${name} is true or false.`,
      `Write ${name}=true or ${name}=false.`,
    );
  }
  if (types.includes('array')) {
    const value = jsonOr(typed, undefined);
    return Array.isArray(value) ? value : [typedValue(name, typed, asSchema(schema['items']))];
  }
  if (types.includes('object')) {
    const value = jsonOr(typed, undefined);
    if (typeof value === 'object') return value;
    throw new CommandError(
      `--arg ${name}=${typed}: ${name} is an object.`,
      `Write ${name}.property=value, or ${name}='{…}' as JSON.`,
    );
  }
  return jsonOr(typed, typed);
}

function numberFrom(name: string, typed: string): number {
  const value = Number(typed);
  if (typed.trim() !== '' && Number.isFinite(value)) return value;
  throw new CommandError(`--arg ${name}=${typed}: ${name} is a number.`, `Write it in digits: ${name}=2.`);
}

function isTextChoice({ enum: values, const: value }: Schema): boolean {
  return Array.isArray(values) ? values.every((one) => typeof one === 'string') : typeof value === 'string';
}

function jsonOr(typed: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return otherwise;
  }
}
