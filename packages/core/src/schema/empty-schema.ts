import { compileArguments } from './compile-arguments.js';
import type { CompiledSchema, Parsed } from './compiled-schema.js';

const noArguments = compileArguments([]);
// Without fields nothing can be in the value.
const parse = (value: unknown) => noArguments.parse(value ?? {}) as Promise<Parsed<Record<string, never>>>;

/** For handlers without arguments: accepts `{}` and a missing `arguments`, and refuses every property. */
export const emptySchema: CompiledSchema<Record<string, never>> = Object.freeze({
  jsonSchema: noArguments.jsonSchema,
  properties: noArguments.properties,
  runtimeOnly: noArguments.runtimeOnly,
  parse,
  parseStrings: parse,
});
