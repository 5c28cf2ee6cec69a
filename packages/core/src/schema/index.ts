export { type ArgumentField, compileArguments } from './compile-arguments.js';
export { type CompileOptions, compileDto } from './compile-dto.js';
export { compileForm } from './compile-form.js';
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
export { emptySchema } from './empty-schema.js';
export { type FieldLabel, type FormData, type FormType, Integer } from './form-type.js';
export { describeRule, type RuleDescription, type RuleIdentity } from './rules/index.js';
export { toPlain } from './to-plain.js';
