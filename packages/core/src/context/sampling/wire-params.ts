import type {
  CreateMessageRequestParams,
  ModelPreferences,
  SamplingMessage,
  Tool,
} from '@modelcontextprotocol/server';
import { userText } from './message-text.js';
import type { SampleInput, SampleOptions } from './sample-types.js';

const defaultMaxTokens = 1024;

/** What stays the same in all turns of one `ctx.sample`. */
export type FixedParams = Omit<CreateMessageRequestParams, 'messages'>;

/** The options in the words of `sampling/createMessage`. `addendum` is what the model is told beside `system`. */
export function fixedParams(
  options: SampleOptions,
  addendum: string | undefined,
  tools: readonly Tool[] | undefined,
): FixedParams {
  const { maxTokens, temperature, stop, model } = options;
  const system = [options.system, addendum].filter((part) => part !== undefined).join('\n\n');
  return {
    maxTokens: maxTokens ?? defaultMaxTokens,
    ...(system !== '' && { systemPrompt: system }),
    ...(temperature !== undefined && { temperature }),
    ...(stop !== undefined && { stopSequences: [...stop] }),
    ...(model !== undefined && { modelPreferences: toPreferences(model) }),
    ...(tools !== undefined && { tools: [...tools] }),
  };
}

export function toMessages(input: SampleInput): SamplingMessage[] {
  if (typeof input === 'string') return [userText(input)];
  return 'role' in input ? [input] : [...input];
}

function toPreferences(model: NonNullable<SampleOptions['model']>): ModelPreferences {
  if (typeof model === 'string') return { hints: [{ name: model }] };
  // an array of names; the other object form has no length
  if ('length' in model) return { hints: model.map((name) => ({ name })) };
  return model;
}
