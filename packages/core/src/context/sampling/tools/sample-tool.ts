import type { Infer, SchemaSource } from '../../../schema/index.js';

/** Something a model may call while it thinks about a `ctx.sample`. */
export interface SampleTool<S extends SchemaSource = SchemaSource> {
  name: string;
  /** When to use it, in words for the model. */
  description?: string;
  /** Its arguments, validated before it runs; what is wrong goes back to the model. Default: none. */
  input?: S;
  /**
   * Runs once, also when the handler is played again, and may not ask the client: name a tool of the server for that.
   * Give back text, data, or `{ content, isError }`. A ToolError tells the model what is wrong; of any other error it
   * learns only that the tool failed, and the log has the rest.
   */
  run(args: Infer<S>, info: SampleToolInfo): unknown;
}

export interface SampleToolInfo {
  /** Aborts with the call. */
  readonly signal: AbortSignal;
  /** The same however often this run is tried, different for every other: pass it to what you call. */
  readonly idempotencyKey: string;
}

/** Gives `run` its type from `input`. */
export function sampleTool<S extends SchemaSource>(tool: SampleTool<S>): SampleTool {
  return tool;
}
