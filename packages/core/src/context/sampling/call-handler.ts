import type { CreateMessageRequestParams } from '@modelcontextprotocol/server';
import type { ModelAnswer } from './model.js';
import { blocksOf, textOf } from './message-text.js';
import type { SamplingHandler, SamplingRequest } from './sampling-handler.js';

/**
 * Calls the server's own model. Being late is a value, so that a replay is told the same. A handler that does not listen
 * to its signal is left behind.
 */
export async function callHandler(
  handler: SamplingHandler,
  params: CreateMessageRequestParams,
  call: AbortSignal,
  timeout: number,
): Promise<Partial<ModelAnswer> | { late: true }> {
  const controller = new AbortController();
  const { signal } = controller;
  const cancel = () => controller.abort(call.reason);
  call.addEventListener('abort', cancel, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort(new Error(`no answer within ${timeout} ms`));
  }, timeout);
  const aborted = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  try {
    const { model, stopReason, ...given } = await Promise.race([
      handler(toRequest(params), { signal }),
      aborted,
    ]);
    const content = 'text' in given ? { type: 'text' as const, text: given.text } : given.content;
    return { content, model, ...(stopReason !== undefined && { stopReason }) };
  } catch (thrown) {
    if (isLate) return { late: true };
    throw thrown;
  } finally {
    clearTimeout(timer);
    call.removeEventListener('abort', cancel);
  }
}

function toRequest(params: CreateMessageRequestParams): SamplingRequest {
  return {
    messages: params.messages.map(({ role, content }) => ({
      role,
      text: textOf(content),
      content: blocksOf(content),
    })),
    system: params.systemPrompt,
    maxTokens: params.maxTokens,
    temperature: params.temperature,
    stop: params.stopSequences,
    model: params.modelPreferences?.hints?.[0]?.name,
    preferences: params.modelPreferences,
    tools: params.tools,
    toolChoice: params.tools && (params.toolChoice?.mode === 'none' ? 'none' : 'auto'),
  };
}
