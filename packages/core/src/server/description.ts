import type { JsonSchema, PropertySummary, RuntimeOnlyRule } from '../schema/index.js';

/** What a server offers, as plain data: to print, to compare in a test, to show on a page. */
export interface ServerDescription {
  readonly name: string;
  readonly version: string;
  readonly tools: readonly ToolDescription[];
  readonly prompts: readonly PromptDescription[];
  readonly resources: readonly ResourceDescription[];
}

export interface ComponentDescription {
  readonly name: string;
  readonly description?: string;
  /** `Class.method` */
  readonly handler: string;
  /** What a caller needs: the @Scopes of the server, the class and the method. Absent where that is nothing. */
  readonly scopes?: readonly string[];
  /** What a client or a model may stumble over; nothing that keeps the server from starting. */
  readonly warnings: readonly DescriptionWarning[];
}

export interface ToolDescription extends ComponentDescription {
  /** As clients see it, JSON Schema 2020-12. */
  readonly input: JsonSchema;
  readonly output?: JsonSchema;
  /** Rules that the schemas do not carry, or only in part: they are enforced when a value arrives. */
  readonly runtimeOnly: readonly RuntimeRule[];
}

export interface PromptDescription extends ComponentDescription {
  readonly arguments: readonly PropertySummary[];
  readonly runtimeOnly: readonly RuntimeRule[];
}

export interface ResourceDescription extends ComponentDescription {
  /** Its URI, or its template. */
  readonly uri: string;
}

/** A rule that JSON Schema cannot carry, and where it holds: `passengers[].name`. */
export interface RuntimeRule extends RuntimeOnlyRule {
  readonly in: 'input' | 'output';
}

/**
 * `NO_DESCRIPTION`: the component says nothing about itself. `UNDESCRIBED_PROPERTY`: a property of its input neither.
 * `ANY_VALUE`: a property takes whatever comes. `IGNORED_PROPERTY`: a property of a DTO has a `@Type` and no rule, so it
 * is neither shown nor accepted. `LARGE_SCHEMA`: more than 10 KB, which every client reads and every model pays for.
 */
export interface DescriptionWarning {
  readonly code:
    'NO_DESCRIPTION' | 'UNDESCRIBED_PROPERTY' | 'ANY_VALUE' | 'IGNORED_PROPERTY' | 'LARGE_SCHEMA';
  /** The property. */
  readonly path?: string;
  readonly message: string;
}
