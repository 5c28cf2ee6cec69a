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
export { type FieldLabel, type FormData, type FormType, Integer } from './form-type.js';
