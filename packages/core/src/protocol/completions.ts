import type { CompleteResult } from '@modelcontextprotocol/server';
import { answer } from './answer.js';
import type { CompletionTarget } from '../metadata/index.js';
import { exchangeOf } from './exchange-of.js';
import type { Registration } from './protocol-server.js';

export function registerCompletions(registration: Registration): void {
  const { server, executor } = registration;
  server.setRequestHandler('completion/complete', async ({ params }, sdk) => {
    const { ref, argument, context } = params;
    const target: CompletionTarget =
      ref.type === 'ref/prompt'
        ? { prompt: ref.name, argument: argument.name }
        : { template: ref.uri, variable: argument.name };
    const resolved = context?.arguments ?? {};
    const call = { method: 'completion/complete', target, typed: argument.value, resolved } as const;
    const outcome = await executor.complete(call, exchangeOf(registration, sdk));
    return answer(outcome) as CompleteResult; // it never suspends
  });
}
