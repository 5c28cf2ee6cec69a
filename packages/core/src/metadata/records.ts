import type { Annotations, Icon, ToolAnnotations } from '@modelcontextprotocol/server';
import type { SchemaSource } from '../schema/schema-source.js';

/** What every component may say about itself. */
export interface ComponentOptions {
  /** The name on the wire. Default: the method's name, or the class's name without its suffix. */
  name?: string;
  /** A name for people. */
  title?: string;
  description?: string;
  icons?: readonly Icon[];
  _meta?: Readonly<Record<string, unknown>>;
  /** Groups of the server's own making. */
  tags?: readonly string[];
}

export interface ToolOptions extends ComponentOptions {
  /** Hints for clients: `readOnlyHint`, `destructiveHint`, `idempotentHint`, `openWorldHint`. */
  annotations?: ToolAnnotations;
  /**
   * What describes the arguments: a TypeBox schema, a Standard Schema, or a DTO, where the type of the `@Args` parameter
   * is not available at run time.
   */
  input?: SchemaSource;
  /**
   * class-validator groups for the arguments, in the schema and in the validation: only the rules of these groups apply,
   * and those marked `always: true`. For DTO classes only. Default: every rule applies.
   */
  groups?: readonly string[];
  /**
   * What describes the result; sets `outputSchema`, and every result is checked against it before it leaves. Defaults
   * are filled in. Default: the class that the method says it returns, if it has class-validator rules; for async
   * methods the compiler writes down `Promise` only, so there it must be named.
   */
  output?: SchemaSource;
}

export interface ResourceOptions extends ComponentOptions {
  mimeType?: string;
  /** Size of the content in bytes, if known. Static resources only. */
  size?: number;
  annotations?: Annotations;
  /** How long clients may keep the content (2026-07-28 only). */
  cache?: CacheHint;
}

export interface PromptOptions extends ComponentOptions {
  /** What describes the arguments, if not the class of the @Args parameter. Properties of one flat object. */
  input?: SchemaSource;
  /** class-validator groups for the arguments, as for a tool. */
  groups?: readonly string[];
}

/** Freshness of an answer for clients of 2026-07-28. */
export interface CacheHint {
  ttlMs: number;
  cacheScope: 'public' | 'private';
}

/** What a @Complete completes: an argument of a prompt, or a variable of a URI template. */
export type CompletionTarget = { prompt: string; argument: string } | { template: string; variable: string };

export interface ServerOptions {
  name: string;
  version: string;
  title?: string;
  description?: string;
  websiteUrl?: string;
  icons?: readonly Icon[];
  /** How a model should use this server; sent once to each client. */
  instructions?: string;
  /** Classes that carry `@Tool`, `@Resource` or `@Prompt`, on themselves or on methods. */
  components?: readonly ComponentClass[];
  /** Folders whose modules are imported at start-up; their exported decorated classes become components. */
  discover?: readonly (URL | string)[];
  /** Where instances come from. Default: `new cls()`, once per server. */
  container?: Container;
  /** Kinds that are not there at start-up and may come with `replace()`: clients are told once what to look for. */
  announce?: readonly ComponentKind[];
  /** Items per page of a list answer. Default 1000. */
  pageSize?: number;
  /** Freshness of list answers and of `server/discover` (2026-07-28 only). */
  cache?: CacheHint;
}

export type ComponentKind = 'tools' | 'prompts' | 'resources' | 'completions';

export type ComponentClass = new (...args: never[]) => object;

/** Any dependency injection container: tsyringe, typedi, inversify, Nest. */
export interface Container {
  get(cls: ComponentClass): object | Promise<object>;
}

/** What a component decorator wrote. */
export type Declaration =
  | { kind: 'tool'; options: ToolOptions }
  | { kind: 'resource'; uri: string; options: ResourceOptions }
  | { kind: 'prompt'; options: PromptOptions }
  | { kind: 'completion'; target: CompletionTarget };

/** How one parameter of a handler is filled. Resolved by exactly one switch, in execution/. */
export type ParamBinding =
  /** `input` is there where a schema was named, and undefined where that one was not defined yet. */
  | { kind: 'args'; input?: SchemaSource | undefined }
  | { kind: 'arg'; name: string | undefined; options: ArgOptions }
  | { kind: 'param'; name: string }
  | { kind: 'context' }
  | { kind: 'signal' }
  /** `resolve` gets the Context; this layer does not know its type. */
  | { kind: 'custom'; label: string; resolve: (context: never) => unknown };

export interface ArgOptions {
  title?: string;
  description?: string;
  /** Default true. A parameter with `?` still needs `required: false`: types do not tell. */
  required?: boolean;
  enum?: readonly (string | number)[];
  /** Only whole numbers; the type `number` does not tell. */
  integer?: boolean;
  /** Clients of 2026-07-28 repeat it in the HTTP header `Mcp-Param-<header>`, see @McpHeader. Tools only. */
  header?: string;
}

/** What @Use wrote. This layer does not know the types of Context and outcome. */
export type MiddlewareRecord = (ctx: never, next: never, log: never) => unknown;

export type MemberKey = string | symbol;

/** All that decorators wrote about one method, or about the `execute` of a decorated class. */
export interface MemberRecord {
  declarations: Declaration[];
  /** By parameter index. */
  params: Map<number, ParamBinding>;
  /** Outermost first. */
  middleware: MiddlewareRecord[];
  /** What a caller needs. */
  scopes: string[];
}

/** What @Title, @Description, @Default, @Example and @McpHeader wrote about a property of a DTO. */
export interface PropertyRecord {
  title?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  header?: string;
}
