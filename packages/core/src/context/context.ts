import type {
  CallToolResult,
  ClientCapabilities,
  GetPromptResult,
  Implementation,
  ReadResourceResult,
  Root,
} from '@modelcontextprotocol/server';
import type { LogLevel } from '../logging/logger.js';
import type { FormData, FormType } from '../schema/index.js';
import type { Elicited, ElicitOptions, ElicitUrlOptions, ConfirmOptions } from './elicit-types.js';
import { currentContext } from './current.js';
import type { HttpInfo } from './http-info.js';
import type { Era, TransportName } from './origin.js';
import type { SampleOptions, SampleInput, Sampled } from './sample-types.js';
import type { Json, StepInfo } from '../replay/index.js';

/**
 * What a handler gets beside its arguments; the same on every transport and in both eras.
 * One instance belongs to one request. Take it with `@Ctx()`, or anywhere below the handler with `Context.current()`.
 */
export abstract class Context {
  /** The Context of the request being handled; undefined outside of one. Follows awaits, timers and sub-tasks. */
  static current(): Context | undefined {
    return currentContext.getStore() as Context | undefined;
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
  /** Who asks: the client's name, version and declared capabilities. */
  abstract readonly client: {
    readonly info: Implementation | undefined;
    readonly capabilities: ClientCapabilities;
  };
  /** The HTTP request, without cookies and authorization; undefined on stdio. */
  abstract readonly http: HttpInfo | undefined;

  /**
   * Asks the user for data. `data` is an instance of the DTO, or the bare value for scalars and choices.
   * An answer that breaks the form or a rule is asked again with the reason, three times at most.
   * Waits 10 minutes by default. Throws CapabilityError, ElicitationError.
   */
  abstract elicit<const F extends FormType>(
    message: string,
    type: F,
    options: ElicitOptions & { required: true },
  ): Promise<FormData<F> extends infer T ? { action: 'accept'; data: T } : never>;
  abstract elicit<const F extends FormType>(
    message: string,
    type: F,
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
  /** Asks the client's model. Waits 60 seconds by default. Throws CapabilityError. */
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
}
