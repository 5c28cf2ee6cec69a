import type {
  Implementation,
  Prompt,
  Resource,
  ResourceTemplateType,
  ServerCapabilities,
  Tool,
} from '@modelcontextprotocol/server';
import type { CacheHint, CompletionTarget, ParamBinding } from '../metadata/index.js';
import type { Middleware } from '../middleware/index.js';
import type { CompiledSchema, HeaderParameter } from '../schema/index.js';

/** A method ready to be called: its instance is bound, every parameter has its binding. */
export interface Handler {
  /** `Class.method`, for errors and logs. */
  readonly where: string;
  /** One per parameter, in order. */
  readonly bindings: readonly ParamBinding[];
  readonly invoke: (...args: unknown[]) => unknown;
  /** What its component class and the method itself put around calls, outermost first. */
  readonly middleware: readonly Middleware[];
  /** What a caller needs, each scope once: those of the server, of the component class and of the method. */
  readonly scopes: readonly string[];
}

interface Entry {
  readonly handler: Handler;
  readonly tags: readonly string[];
}

export interface ToolEntry extends Entry {
  readonly kind: 'tool';
  readonly definition: Tool;
  /** Of the whole `arguments` object; an empty object schema where the handler takes none. */
  readonly input: CompiledSchema;
  readonly output?: CompiledSchema;
  /** The arguments that clients of 2026-07-28 repeat in HTTP headers. */
  readonly headers: readonly HeaderParameter[];
}

export interface ResourceEntry extends Entry {
  readonly kind: 'resource';
  readonly definition: Resource;
  readonly cache?: CacheHint;
}

export interface TemplateEntry extends Entry {
  readonly kind: 'template';
  readonly definition: ResourceTemplateType;
  readonly cache?: CacheHint;
  /** The variables of a URI that fits the template, decoded; undefined where it does not fit. */
  readonly match: (uri: string) => Readonly<Record<string, string>> | undefined;
  /** Converts and checks the variables by the types of the @Param parameters. */
  readonly variables: CompiledSchema;
}

export interface PromptEntry extends Entry {
  readonly kind: 'prompt';
  readonly definition: Prompt;
  readonly input: CompiledSchema;
}

export interface CompletionEntry extends Entry {
  readonly kind: 'completion';
  readonly target: CompletionTarget;
}

export type CatalogEntry = ToolEntry | ResourceEntry | TemplateEntry | PromptEntry;

/** A list answer, cut into pages at start-up. */
export interface Pages<T> {
  /** The page at a cursor (the first without one); undefined for a cursor that was never handed out. */
  at(cursor: string | undefined): { readonly items: T[]; readonly nextCursor?: string } | undefined;
}

export interface Lists {
  readonly tools: Pages<Tool>;
  readonly resources: Pages<Resource>;
  readonly templates: Pages<ResourceTemplateType>;
  readonly prompts: Pages<Prompt>;
}

/** Everything a server offers: checked, frozen, computed once. */
export interface Catalog {
  readonly info: Implementation;
  readonly instructions?: string;
  readonly capabilities: ServerCapabilities;
  readonly cache?: CacheHint;
  readonly tools: ReadonlyMap<string, ToolEntry>;
  readonly resources: ReadonlyMap<string, ResourceEntry>;
  readonly templates: readonly TemplateEntry[];
  readonly prompts: ReadonlyMap<string, PromptEntry>;
  /** The completion of a prompt argument or template variable, if there is one. */
  readonly completion: (target: CompletionTarget) => CompletionEntry | undefined;
  /** Whether anything listed needs a scope, so that callers see different lists. */
  readonly scoped: boolean;
  /** The lists of everything. */
  readonly lists: Lists;
  /** The lists as a caller with these scopes sees them. */
  readonly listsFor: (granted: readonly string[]) => Lists;
}
