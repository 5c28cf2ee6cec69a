import type { CreateMessageResult, ModelPreferences, SamplingMessage } from '@modelcontextprotocol/server';
import type { Ask } from '../replay/index.js';
import { defaultTimeouts } from './default-timeouts.js';
import type { Sampled, SampleInput, SampleOptions } from './sample-types.js';

const defaultMaxTokens = 1024;

/** The question behind `ctx.sample`. */
export function sampleAsk(input: SampleInput, options: SampleOptions): Ask<Sampled> {
  const { system, maxTokens, temperature, stop, model } = options;
  const params = {
    messages: toMessages(input),
    maxTokens: maxTokens ?? defaultMaxTokens,
    ...(system !== undefined && { systemPrompt: system }),
    ...(temperature !== undefined && { temperature }),
    ...(stop !== undefined && { stopSequences: [...stop] }),
    ...(model !== undefined && { modelPreferences: toPreferences(model) }),
  };
  return {
    kind: 'sample',
    key: options.key,
    describe: 'a question to the model',
    timeout: options.timeout ?? defaultTimeouts.sampling,
    request: () => ({ method: 'sampling/createMessage', params }),
    check: async (answer) =>
      isSamplingResult(answer)
        ? { ok: true, value: toSampled(answer) }
        : { ok: false, reason: 'the answer is not a sampling result' },
  };
}

function toMessages(input: SampleInput): SamplingMessage[] {
  if (typeof input === 'string') return [{ role: 'user', content: { type: 'text', text: input } }];
  return 'role' in input ? [input] : [...input];
}

function toPreferences(model: NonNullable<SampleOptions['model']>): ModelPreferences {
  if (typeof model === 'string') return { hints: [{ name: model }] };
  // an array of names; the other object form has no length
  if ('length' in model) return { hints: model.map((name) => ({ name })) };
  return model;
}

function isSamplingResult(answer: unknown): answer is CreateMessageResult {
  if (typeof answer !== 'object' || answer === null) return false;
  const { role, content, model } = answer as Partial<CreateMessageResult>;
  return (
    typeof role === 'string' && typeof model === 'string' && typeof content === 'object' && content !== null
  );
}

function toSampled({ content, model, stopReason }: CreateMessageResult): Sampled {
  const blocks = Array.isArray(content) ? content : [content];
  const text = blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return { text, content, model, stopReason };
}
