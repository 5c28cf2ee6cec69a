import { answer } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import { list } from './list.js';
import type { Registration } from './protocol-server.js';

export function registerPrompts(registration: Registration): void {
  const { server, executor } = registration;
  server.setRequestHandler('prompts/list', ({ params }, sdk) =>
    list(registration, 'prompts/list', params?.cursor, sdk),
  );
  server.setRequestHandler('prompts/get', async ({ params }, sdk) =>
    answer(await executor.getPrompt(params.name, params.arguments, exchangeOf(registration, sdk))),
  );
}
