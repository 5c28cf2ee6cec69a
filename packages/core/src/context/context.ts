import type {
  CallToolResult,
  GetPromptResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
  Root,
  Tool,
} from '@modelcontextprotocol/server';
import type { LogLevel } from '../logging/logger.js';
import type { TraceIds } from '../telemetry/index.js';
import type { FormData, FormType, Infer, NoBareStringEnum, SchemaSource } from '../schema/index.js';
import type { Elicited, ElicitOptions, ElicitUrlOptions, ConfirmOptions } from './elicit-types.js';
import { currentContext } from './current.js';
import type { Era, TransportName } from './origin.js';
import type { ClientInfo } from './request/client-info.js';
import type { HttpInfo } from './request/http-info.js';
import type { Principal } from './request/principal.js';
import type { RequestInfo } from './request/request-info.js';
import type { RunningServer } from './running-server.js';
import type { Sampled, SampleInput, SampleOptions } from './sampling/index.js';
import type { Json, StepInfo } from '../replay/index.js';
import type { RequestState } from './state/request-state.js';
import type { SessionState } from './state/session-state.js';

/**
 * What a handler gets beside its arguments; the same on every transport and in both eras.
 * One instance belongs to one request. Take it with `@Ctx()`, or anywhere below the handler with `Context.current()`.
 */
export abstract class Context<App = unknown> {
  /** The Context of the request being handled; undefined outside of one. Follows awaits, timers and sub-tasks. */
  static current<App = unknown>(): Context<App> | undefined {
    return currentContext.getStore() as Context<App> | undefined;
  }

  /** The JSON-RPC id of this request. Unique per connection, not per server. */
  abstract readonly requestId: string | number;
  /** The transport's session; undefined where there is none (modern HTTP is stateless). */
  abstract readonly sessionId: string | undefined;
  /** Which family of protocol revisions the client speaks. Handlers seldom need to know. */
  abstract readonly era: Era;
  abstract readonly transport: TransportName;
  /** Aborts when the client cancels the call or goes away, or when a stopping server has waited long enough. */
  abstract readonly signal: AbortSignal;
  /** What `onStart()` of the server returned; typed for who asks for a `Context<App>`. */
  abstract readonly app: App;
  /** The running server. */
  abstract readonly server: RunningServer;
  /** What is asked for: method, name or URI, arguments, `_meta`, round. */
  abstract readonly request: RequestInfo;
  /** Who asks: the client's name, version and declared capabilities; `supports('elicitation.url')`. */
  abstract readonly client: ClientInfo;
  /** The OAuth client id; where nobody is authenticated, the name that the client gave itself. */
  abstract readonly clientId: string | undefined;
  /** The revision of the protocol that the client speaks, such as `2025-11-25`. */
  abstract readonly protocolVersion: string;
  /** Who is authenticated: subject, client id, scopes, claims; undefined where nobody is. */
  abstract readonly principal: Principal | undefined;
  /** The HTTP request: url, remote address, headers (the secret ones by name only); undefined on stdio. */
  abstract readonly http: HttpInfo | undefined;
  /** Where this request stands in a trace: its own span, or its caller's where nobody traces here; undefined where nobody does. */
  abstract readonly trace: TraceIds | undefined;
  /** Values of this request: any value, for middleware, handler and nested calls. A nested call's writes do not leak out. */
  abstract readonly state: RequestState;
  /** Values that outlive the request: of the session (legacy) or of the principal (modern). Throws SessionUnavailableError. */
  abstract readonly session: SessionState;

  /**
   * Asks the user for data. `data` is an instance of the DTO, what a TypeBox or Standard Schema gives, or the bare value
   * for scalars and choices (`Integer`, `['a', 'b']`, `[['a', 'b']]`, `choices(...)`); see FormType for all of them.
   * An answer that breaks the form or a rule is asked again with the reason, three times at most.
   * Waits 10 minutes by default. Throws CapabilityError, ElicitationError.
   */
  abstract elicit<const F extends FormType>(
    message: string,
    type: F & NoBareStringEnum<F>,
    options: ElicitOptions & { required: true },
  ): Promise<FormData<F> extends infer T ? { action: 'accept'; data: T } : never>;
  abstract elicit<const F extends FormType>(
    message: string,
    type: F & NoBareStringEnum<F>,
    options?: ElicitOptions,
  ): Promise<Elicited<FormData<F>>>;
  /** Sends the user to a web page for what must not pass through the client: sign-in, payment, secrets. */
  abstract elicitUrl(
    message: string,
    url: string,
    options?: ElicitUrlOptions,
  ): Promise<{ action: 'accept' | 'decline' | 'cancel' }>;
  /** Asks yes or no. Declining and cancelling mean no. */
  abstract confirm(message: string, options?: ConfirmOptions): Promise<boolean>;
  /**
   * Asks the client's model, or the server's own (option `sampling`); `result` types the answer, `tools` are run for it.
   * Waits 60 seconds for each turn by default. Throws CapabilityError, SamplingError.
   */
  abstract sample<S extends SchemaSource>(
    input: SampleInput,
    options: SampleOptions<S> & { result: S },
  ): Promise<Sampled<Infer<S>>>;
  abstract sample(input: SampleInput, options?: SampleOptions): Promise<Sampled>;
  /** The folders the client works in. Throws CapabilityError. */
  abstract listRoots(): Promise<Root[]>;

  /**
   * Does something once, however often the handler is played again: its value (as JSON) or its error is remembered.
   * At least once if the process dies inside it: hand `idempotencyKey` to whatever you call.
   */
  abstract step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>>;

  /** Calls a tool of this server as a client would; its questions become questions of this call. */
  abstract callTool(name: string, args?: Record<string, unknown>): Promise<CallToolResult>;
  /** Reads a resource of this server as a client would. */
  abstract readResource(uri: string): Promise<ReadResourceResult>;
  /** Renders a prompt of this server as a client would. */
  abstract getPrompt(name: string, args?: Record<string, string>): Promise<GetPromptResult>;
  /** All tools of this server, as its clients see them; likewise below. */
  abstract listTools(): Promise<Tool[]>;
  abstract listResources(): Promise<Resource[]>;
  abstract listResourceTemplates(): Promise<ResourceTemplateType[]>;
  abstract listPrompts(): Promise<Prompt[]>;

  /** Sends a log message to the client if it wants that level, and to the server's log at debug. Never throws. */
  abstract log(level: LogLevel, data: unknown, options?: { logger?: string }): Promise<void>;
  abstract debug(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract info(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract notice(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract warning(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract error(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract critical(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract alert(data: unknown, options?: { logger?: string }): Promise<void>;
  abstract emergency(data: unknown, options?: { logger?: string }): Promise<void>;
  /** Tells the client how far the call is. No-op unless the client asked for progress; values that do not grow are dropped. */
  abstract reportProgress(progress: number, total?: number, message?: string): Promise<void>;
  /** Tells every client, when this request ends, that the list of tools is another one now. Once, however often called. */
  abstract notifyToolsChanged(): void;
  abstract notifyResourcesChanged(): void;
  abstract notifyPromptsChanged(): void;
  /** The same for the content of a resource, to those who subscribed to it. */
  abstract notifyResourceUpdated(uri: string): void;
}
