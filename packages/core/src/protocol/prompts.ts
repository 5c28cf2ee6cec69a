import { answer } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import { pageAt } from './page-at.js';
import type { Registration } from './protocol-server.js';

export function registerPrompts({ server, catalog, executor, origin }: Registration): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    const { items, ...next } = pageAt(catalog.lists.prompts, params?.cursor);
    return { prompts: items, ...next };
  });
  server.setRequestHandler('prompts/get', async ({ params }, sdk) =>
    answer(await executor.getPrompt(params.name, params.arguments, exchangeOf(server, sdk, origin))),
  );
}
