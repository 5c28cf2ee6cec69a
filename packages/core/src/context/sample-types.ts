import type { ContentBlock, ModelPreferences, SamplingMessage } from '@modelcontextprotocol/server';
import type { AskOptions } from './elicit-types.js';

/** A text from the user, one message, or a conversation. */
export type SampleInput = string | SamplingMessage | readonly SamplingMessage[];

export interface SampleOptions extends AskOptions {
  system?: string;
  /** Upper bound of the answer. Default 1024. */
  maxTokens?: number;
  temperature?: number;
  stop?: readonly string[];
  /** The name of a model, names in order of preference, or full preferences. A wish: the client decides. */
  model?: string | readonly string[] | ModelPreferences;
}

export interface Sampled {
  /** All text of the answer, joined. */
  text: string;
  content: ContentBlock | SamplingMessage['content'];
  model: string;
  stopReason: string | undefined;
}
