import type { JsonSchema } from '../compiled-schema.js';
import type { Dto } from '../dto.js';
import type { PropertyRecord } from '../../metadata/index.js';

/** How a value is built. Whatever the kind does not say is left to the validators. */
export type Kind =
  /** Any value; the validators decide. */
  | { readonly is: 'open' }
  /** A primitive that no rule checks, so its type is checked before. */
  | { readonly is: 'scalar'; readonly type: 'string' | 'number' | 'boolean' }
  /** One of the values of a numeric enum, whose validator lets the names pass too. */
  | { readonly is: 'choice'; readonly values: readonly unknown[] }
  /** A string on the wire, a Date in the handler. */
  | { readonly is: 'date' }
  /** A string of digits on the wire. */
  | { readonly is: 'bigint' }
  | { readonly is: 'object'; readonly shape: ClassShape }
  | UnionKind
  | { readonly is: 'list' | 'set' | 'map'; readonly items: ValueShape };

/** One of several classes, told apart by a property. */
export interface UnionKind {
  readonly is: 'union';
  readonly property: string;
  readonly variants: ReadonlyMap<string, ClassShape>;
}

export interface ValueShape {
  readonly kind: Kind;
  /** The type and the rules as keywords; nested classes and items are added when the document is written. */
  readonly keywords: JsonSchema;
  /** Names of the rules that the keywords do not carry, or only in part. */
  readonly runtimeOnly: readonly string[];
  /** What those rules want, for people. */
  readonly notes: readonly string[];
}

export const anything: ValueShape = { kind: { is: 'open' }, keywords: {}, runtimeOnly: [], notes: [] };

export interface PropertyShape {
  readonly name: string;
  readonly wireName: string;
  /** `Dto.property` */
  readonly where: string;
  readonly value: ValueShape;
  readonly required: boolean;
  /** No rule refuses a missing value although the property is required. */
  readonly unguarded: boolean;
  /** `@IsOptional`: null on the wire means that the property is absent. */
  readonly optional: boolean;
  /** `@ValidateIf`: null passes, the condition decides. */
  readonly conditional: boolean;
  /** A `@Transform` changes the value first: what is on the wire is the author's business. */
  readonly transformed: boolean;
  /** False where a `@Transform` made the value on its way out: its rules are about another value. */
  readonly ruled: boolean;
  /** A getter or method: written to clients, never set. */
  readonly readOnly: boolean;
  readonly docs: PropertyRecord;
}

export interface ClassShape {
  readonly cls: Dto;
  /** Whether properties that are not declared are let through. */
  readonly isOpen: boolean;
  readonly properties: readonly PropertyShape[];
  readonly byWireName: ReadonlyMap<string, PropertyShape>;
  readonly byName: ReadonlyMap<string, PropertyShape>;
  /** Properties with a `@Type` but no rule: nothing is known of them, so clients do not see them. */
  readonly ignored: readonly string[];
}
