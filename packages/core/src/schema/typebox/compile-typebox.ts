import { messageOf, RepriseError } from '../../errors/index.js';
import type { CompiledSchema, Parsed } from '../compiled-schema.js';
import { convertStrings } from '../from-strings.js';
import { defaultsOf } from '../json/fill-defaults.js';
import { propertySummaries } from '../json/property-summaries.js';
import type { Infer, TypeBoxSchema } from '../schema-source.js';
import type { Direction } from '../shape/class-transformer.js';
import { problemsOf } from './problems.js';
import { restate } from './restate.js';

interface Validator {
  readonly check: (value: unknown) => boolean;
  /** For values that were checked. */
  readonly decode: (value: unknown) => unknown;
  readonly errors: (value: unknown) => ReturnType<typeof problemsOf>;
}

/**
 * States a TypeBox schema as JSON Schema 2020-12 and checks values with TypeBox's compiled check. Defaults are filled in
 * and codecs decode what comes in; what goes out is checked as it is on the wire. Unknown properties are the schema's
 * own business. The compiler is loaded by `prepare`, or by the first check.
 * Throws UNSUPPORTED_TYPE; so does `prepare`.
 */
export function compileTypeBox<S extends TypeBoxSchema>(
  source: S,
  where: string,
  direction: Direction,
): CompiledSchema<Infer<S>> {
  const { jsonSchema, runtimeOnly } = restate(source, where, direction === 'input');
  const fill = defaultsOf(jsonSchema);
  let loading: Promise<Validator> | undefined;
  let ready: Validator | undefined;
  const validator = async () => (ready = await (loading ??= load(source, where)));

  const parse = async (given: unknown): Promise<Parsed<Infer<S>>> => {
    const { check, decode, errors } = ready ?? (await validator());
    const value = fill === undefined ? given : fill(given);
    if (!check(value)) return { ok: false, problems: errors(value) };
    // The check above is the schema's own.
    return direction === 'input' ? read(decode, value) : { ok: true, value: value as Infer<S> };
  };
  return Object.freeze({
    jsonSchema,
    properties: propertySummaries(jsonSchema),
    runtimeOnly,
    prepare: async () => void (await validator()),
    parse,
    parseStrings: (values: Readonly<Record<string, unknown>>) => parse(convertStrings(jsonSchema, values)),
  });
}

/** A codec that meets a value it was not written for throws without saying where. */
function read<T>(decode: (value: unknown) => unknown, value: unknown): Parsed<T> {
  try {
    return { ok: true, value: decode(value) as T };
  } catch (thrown) {
    return { ok: false, problems: [{ path: '', message: `cannot be read: ${messageOf(thrown)}` }] };
  }
}

let library: ReturnType<typeof importLibrary> | undefined;

/** Costs 200 ms the first time: only servers that use TypeBox pay it. */
async function importLibrary() {
  const { Compile } = await import('typebox/compile');
  const { HasCodec } = await import('typebox/value');
  return { Compile, HasCodec };
}

async function load(source: TypeBoxSchema, where: string): Promise<Validator> {
  const { Compile, HasCodec } = await (library ??= importLibrary());
  const compiled = compiling(() => Compile(source), where);
  return {
    check: (value) => compiled.Check(value),
    decode: HasCodec(source) ? (value) => compiled.Decode(value as never) : (value) => value,
    errors: (value) => problemsOf(compiled.Errors(value)),
  };
}

/** TypeBox looks into a schema no sooner than here: a pattern that is no regular expression, a reference to nothing. */
function compiling<T>(compile: () => T, where: string): T {
  try {
    return compile();
  } catch (cause) {
    throw new RepriseError('UNSUPPORTED_TYPE', `TypeBox cannot compile it: ${messageOf(cause)}.`, {
      where,
      fix: 'Repair the schema.',
      cause,
    });
  }
}
