import type {
  ModelPreferences,
  SamplingMessage,
  SamplingMessageContentBlock,
  Tool,
} from '@modelcontextprotocol/server';

/** How the server asks a model of its own: set in the options of the server. */
export interface SamplingOptions {
  handler: SamplingHandler;
  /** `fallback`: for clients that cannot answer a question. `always`: clients are never asked. Default `fallback`. */
  when?: 'fallback' | 'always';
}

/**
 * Asks a model. Its answer is remembered for the call: a handler that is played again does not ask twice.
 * What it throws ends the call as if the handler of the call had thrown it.
 */
export type SamplingHandler = (
  request: SamplingRequest,
  info: {
    /** Aborts when the call is cancelled or its `timeout` is over. */
    signal: AbortSignal;
  },
) => Promise<SamplingAnswer>;

export interface SamplingRequest {
  /** `text` is all text of a message, joined; `content` has the rest: images, audio, tool use and its results. */
  messages: readonly {
    role: SamplingMessage['role'];
    text: string;
    content: readonly SamplingMessageContentBlock[];
  }[];
  system: string | undefined;
  maxTokens: number;
  temperature: number | undefined;
  stop: readonly string[] | undefined;
  /** The name that was wished for first. */
  model: string | undefined;
  preferences: ModelPreferences | undefined;
  /** Answer with blocks of type `tool_use` to call one. */
  tools: readonly Tool[] | undefined;
  /** `none`: the model must answer now, without another tool. */
  toolChoice: 'auto' | 'none' | undefined;
}

/** A text, or blocks of content. */
export type SamplingAnswer = ({ text: string } | { content: SamplingMessage['content'] }) & {
  model: string;
  stopReason?: string;
};
