/** A JSON Schema document (2020-12). */
export type JsonSchema = { [keyword: string]: unknown };

/** One thing that is wrong with a value, and where. */
export interface Problem {
  /** `email`, `passengers[0].name`; empty for the value as a whole. */
  path: string;
  message: string;
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: readonly Problem[] };

/** A rule that JSON Schema cannot carry; it is enforced when the value arrives. */
export interface RuntimeOnlyRule {
  path: string;
  rule: string;
}

export interface PropertySummary {
  name: string;
  required: boolean;
  title?: string;
  description?: string;
}

/** What a DTO class (or another schema source) becomes at start-up: stated once, checked often. */
export interface CompiledSchema<T = unknown> {
  /** What clients are shown. For input the root is of type object. */
  readonly jsonSchema: JsonSchema;
  /** The properties of the root, in declaration order. */
  readonly properties: readonly PropertySummary[];
  readonly runtimeOnly: readonly RuntimeOnlyRule[];
  /** `Dto.property` of what carries no rule, so that it is neither shown nor accepted. */
  readonly ignored?: readonly string[];
  /** Loads what checking needs, so that the first call does not wait for it. */
  readonly prepare?: () => Promise<void>;
  /** Converts and validates. Never throws for bad input. */
  parse(value: unknown): Promise<Parsed<T>>;
  /** The same for values that travel as strings (prompt arguments, URI variables): "3" becomes 3 where a number is wanted. */
  parseStrings(values: Readonly<Record<string, unknown>>): Promise<Parsed<T>>;
}

/** A question to the user in the restricted form the protocol allows, and the check of its answer. */
export interface Form<T = unknown> {
  /** `requestedSchema` of elicitation/create: flat, primitive fields only. */
  readonly requestedSchema: JsonSchema;
  readonly runtimeOnly: readonly RuntimeOnlyRule[];
  /** Checks the `content` of an accepted answer and unwraps scalars. */
  parse(content: unknown): Promise<Parsed<T>>;
}
