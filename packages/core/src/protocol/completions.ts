import { translatingErrors } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import type { Registration } from './protocol-server.js';

export function registerCompletions({ server, executor, origin }: Registration): void {
  server.setRequestHandler('completion/complete', ({ params }, sdk) => {
    const { ref, argument, context } = params;
    const target =
      ref.type === 'ref/prompt'
        ? { prompt: ref.name, argument: argument.name }
        : { template: ref.uri, variable: argument.name };
    const request = { target, typed: argument.value, resolved: context?.arguments ?? {} };
    return translatingErrors(() => executor.complete(request, exchangeOf(server, sdk, origin)));
  });
}
