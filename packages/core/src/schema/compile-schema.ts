import { RepriseError } from '../errors/index.js';
import { type CompileOptions, compileDto } from './compile-dto.js';
import { compileStandard } from './compile-standard.js';
import type { CompiledSchema } from './compiled-schema.js';
import { defaultsOf } from './json/fill-defaults.js';
import { objectRoot } from './json/object-root.js';
import { toPlain } from './to-plain.js';
import { type Infer, isDtoClass, isStandard, isTypeBox, type SchemaSource } from './schema-source.js';
import { compileTypeBox } from './typebox/compile-typebox.js';

/**
 * Compiles whatever a DTO may be. Input must be an object; output may be any JSON. `groups` are for DTOs only.
 * `where` locates errors about schemas that have no name of their own: UNSUPPORTED_TYPE, INVALID_OPTION, and what
 * compileDto throws.
 */
export function compileSchema<S extends SchemaSource>(
  source: S,
  where: string,
  { direction = 'input', groups }: CompileOptions = {},
): CompiledSchema<Infer<S>> {
  const compiled = compile(source, where, { direction, groups });
  const jsonSchema = objectRoot(compiled.jsonSchema);
  if (jsonSchema === undefined && direction === 'input') {
    throw new RepriseError(
      'UNSUPPORTED_TYPE',
      'arguments are an object, and this schema accepts something else.',
      {
        where,
        fix: 'Describe an object whose properties are the arguments.',
      },
    );
  }
  // Each branch of `compile` makes the schema of its own kind of source; Infer<S> cannot be followed through them.
  return (jsonSchema === undefined ? compiled : { ...compiled, jsonSchema }) as CompiledSchema<Infer<S>>;
}

/**
 * Compiles what describes a result. `parse` takes the result as plain JSON and gives what leaves: with defaults filled
 * in, and of a Standard Schema what its `validate` gives.
 */
export function compileOutput(source: SchemaSource, where: string): CompiledSchema {
  const compiled = compileSchema(source, where, { direction: 'output' });
  if (isTypeBox(source)) return compiled;
  const fill = isStandard(source) ? undefined : defaultsOf(compiled.jsonSchema);
  return {
    ...compiled,
    parse: async (plain) => {
      const filled = fill === undefined ? plain : fill(plain);
      const parsed = await compiled.parse(filled);
      if (!parsed.ok) return parsed;
      return { ok: true, value: isStandard(source) ? toPlain(parsed.value) : filled };
    },
  };
}

function compile(
  source: unknown,
  where: string,
  { direction, groups }: Pick<CompileOptions, 'groups'> & Required<Pick<CompileOptions, 'direction'>>,
): CompiledSchema {
  if (isDtoClass(source)) return compileDto(source, { direction, groups });
  if (groups !== undefined) throw groupsWithoutDto(where);
  if (isStandard(source)) return compileStandard(source, where, direction);
  if (isTypeBox(source)) return compileTypeBox(source, where, direction);
  throw new RepriseError('UNSUPPORTED_TYPE', `${nameOf(source)} does not describe an object.`, {
    where,
    fix: 'Give a DTO class, a TypeBox schema (package typebox, not @sinclair/typebox), or a Standard Schema such as z.object({...}).',
  });
}

/** For groups where no class has rules that could belong to one. */
export function groupsWithoutDto(where: string): RepriseError {
  return new RepriseError('INVALID_OPTION', '`groups` is given, and no DTO class that has groups.', {
    where,
    fix: 'Remove `groups`, or describe the arguments with a class of class-validator rules.',
  });
}

function nameOf(source: unknown): string {
  if (typeof source === 'function') return source.name;
  return typeof source === 'object' ? 'an object that is no schema' : `a value of type ${typeof source}`;
}
