import type { ModelPreferences, SamplingMessage } from '@modelcontextprotocol/server';
import type { SchemaSource } from '../../schema/index.js';
import type { AskOptions } from '../elicit-types.js';
import type { SampleTool } from './tools/sample-tool.js';

/** A text from the user, one message, or a conversation. */
export type SampleInput = string | SamplingMessage | readonly SamplingMessage[];

export interface SampleOptions<S extends SchemaSource = SchemaSource> extends AskOptions {
  /** What the model is told before the conversation. */
  system?: string;
  /** Upper bound of each answer. Default 1024. */
  maxTokens?: number;
  temperature?: number;
  /** Texts at which the model stops. */
  stop?: readonly string[];
  /** The name of a model, names in order of preference, or full preferences. A wish: the client decides. */
  model?: string | readonly string[] | ModelPreferences;
  /**
   * What the answer must be. The model is told its JSON Schema; what it answers is parsed and validated, and asked
   * again with the problems three times at most, then SamplingError.
   */
  result?: S;
  /**
   * What the model may call before it answers: tools of your own making, or names of this server's tools. The client
   * must support `sampling.tools`, unless the server has a model of its own.
   */
  tools?: readonly (string | SampleTool)[];
  /** How many turns of tool use the model has before it must answer. Default 8. */
  maxSteps?: number;
  /** How many tools of one turn run at once. Default 4. */
  concurrency?: number;
}

export interface Sampled<R = undefined> {
  /** All text of the answer, joined. */
  text: string;
  content: SamplingMessage['content'];
  model: string;
  stopReason: string | undefined;
  /** The answer as an instance of `result`, or as its schema gives it; undefined where none was asked for. */
  result: R;
  /** The whole conversation: what was put in, tool use and its results, refused answers, and the answer as the last. */
  history: readonly SamplingMessage[];
}
