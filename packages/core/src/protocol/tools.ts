import { answer } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import { list } from './list.js';
import type { Registration } from './protocol-server.js';

export function registerTools(registration: Registration): void {
  const { server, catalog, executor } = registration;
  server.setRequestHandler('tools/list', ({ params }, sdk) =>
    list(registration, 'tools/list', params?.cursor, sdk),
  );
  server.setRequestHandler('tools/call', async ({ params }, sdk) => {
    const tool = catalog.current.tools.get(params.name); // there may be another one when the call has ended
    const outcome = await executor.callTool(params.name, params.arguments, exchangeOf(registration, sdk));
    if (outcome.kind !== 'result') return answer(outcome);
    // eras write structured content differently; the SDK knows how
    return server.projectCallToolResult(outcome.result, tool?.definition.outputSchema);
  });
}
