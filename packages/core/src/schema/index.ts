export { type ArgumentField, compileArguments } from './compile-arguments.js';
export { type CompileOptions, compileDto } from './compile-dto.js';
export { compileOutput, compileSchema, groupsWithoutDto } from './compile-schema.js';
export type {
  CompiledSchema,
  Form,
  JsonSchema,
  Parsed,
  Problem,
  PropertySummary,
  RuntimeOnlyRule,
} from './compiled-schema.js';
export type { Dto } from './dto.js';
export { type HeaderParameter, headerParameters } from './json/header-parameters.js';
export { type NamedProperty, propertiesBelow } from './json/properties-below.js';
export { emptySchema } from './empty-schema.js';
export { Choices, choices, enumChoices, type ManyOptions } from './form/choices.js';
export { compileForm } from './form/compile-form.js';
export {
  type ChoiceMap,
  type FieldLabel,
  type FormData,
  type FormType,
  Integer,
  type NoBareStringEnum,
} from './form/form-type.js';
export { describeRule, type RuleDescription, type RuleIdentity } from './rules/index.js';
export {
  type Infer,
  isDtoClass,
  type SchemaSource,
  type StandardSchema,
  type TypeBoxSchema,
} from './schema-source.js';
export { hasRules } from './shape/read-rules.js';
export { toPlain } from './to-plain.js';
