import type { CompiledSchema, PropertySummary } from './compiled-schema.js';
import type { Dto } from './dto.js';
import type { Direction } from './shape/class-transformer.js';
import { objectSchema } from './dto/object-schema.js';
import { parseDto, type ParseOptions } from './dto/parse-dto.js';
import { ShapeReader } from './shape/read-shape.js';
import { ignoredProperties, runtimeOnlyRules } from './dto/runtime-only.js';
import type { ClassShape } from './shape/shape.js';
import { convertStrings } from './from-strings.js';

export interface CompileOptions {
  /** `output` describes what leaves: @Exclude and @Transform are read for that direction. Default `input`. */
  direction?: Direction;
  /** class-validator groups: only their rules, and those marked `always`, apply. Default: every rule applies. */
  groups?: readonly string[] | undefined;
}

/**
 * States a class-validator DTO as JSON Schema 2020-12 and checks values against all its rules, also those that JSON
 * Schema cannot carry (`runtimeOnly`). Values come out as instances; unknown properties are refused, but for `@AllowUnknown`; null for an
 * `@IsOptional` property means that it is absent; nothing is coerced but `date-time` strings to Date.
 * A value that only an initialiser of the class provides still counts as required: say `@Default` instead.
 * `parse` rejects when a validator of your own throws, and for no other reason.
 * Throws MISSING_METADATA, UNSUPPORTED_TYPE, TYPE_ONLY_IMPORT and CIRCULAR_IMPORT, located at `Dto.property`.
 */
export function compileDto<T extends object>(
  dto: Dto<T>,
  { direction = 'input', groups }: CompileOptions = {},
): CompiledSchema<T> {
  const reader = new ShapeReader({ direction, groups });
  const shape = reader.shapeOf(dto);
  const jsonSchema = objectSchema(shape);
  const options = { direction, ...libraryOptions(reader) };
  return Object.freeze({
    jsonSchema,
    properties: summaries(shape),
    runtimeOnly: runtimeOnlyRules(shape),
    ignored: ignoredProperties(shape),
    parse: (value: unknown) => parseDto<T>(shape, value, options),
    parseStrings: (values: Readonly<Record<string, unknown>>) =>
      parseDto<T>(shape, convertStrings(jsonSchema, values), options),
  });
}

function libraryOptions({
  targetMaps,
  options: { direction, groups },
}: ShapeReader): Pick<ParseOptions, 'transform' | 'validation'> {
  return {
    transform: {
      ...(targetMaps.length > 0 && { targetMaps }),
      // What goes out was renamed and left out by class-transformer; coming back to be checked it keeps every property.
      ...(direction === 'output' && { ignoreDecorators: true }),
    },
    validation: {
      // Unknown properties are refused on the wire, where their names are those the client used.
      whitelist: false,
      // Concerns classes without any rule, which are checked on the wire as well.
      forbidUnknownValues: false,
      validationError: { target: false },
      ...(groups !== undefined && { groups: [...groups] }),
    },
  };
}

function summaries(shape: ClassShape): PropertySummary[] {
  return shape.properties.map(({ wireName, required, docs: { title, description } }) => ({
    name: wireName,
    required,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  }));
}
