import { answer } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import { pageAt } from './page-at.js';
import type { Registration } from './protocol-server.js';

export function registerTools({ server, catalog, executor, origin }: Registration): void {
  server.setRequestHandler('tools/list', ({ params }) => {
    const { items, ...next } = pageAt(catalog.lists.tools, params?.cursor);
    return { tools: items, ...next };
  });
  server.setRequestHandler('tools/call', async ({ params }, sdk) => {
    const outcome = await executor.callTool(params.name, params.arguments, exchangeOf(server, sdk, origin));
    if (outcome.kind !== 'result') return answer(outcome);
    // eras write structured content differently; the SDK knows how
    return server.projectCallToolResult(
      outcome.result,
      catalog.tools.get(params.name)?.definition.outputSchema,
    );
  });
}
