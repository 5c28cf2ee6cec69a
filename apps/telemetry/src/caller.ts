import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export type Era = 'legacy' | 'modern';

/** The spans that the callers say they call from; a traced client has them from its own SDK. */
export const callers = {
  legacy: { traceId: '11111111111111111111111111111111', spanId: '1111111111111111' },
  modern: { traceId: '22222222222222222222222222222222', spanId: '2222222222222222' },
} as const;

/** Books a seat and is refused one, as a client of that era, within a trace of its own. */
export async function callFrom(era: Era, address: string): Promise<void> {
  const client = new Client(
    { name: era, version: '1.0.0' },
    {
      capabilities: { elicitation: { form: {} }, sampling: {} },
      ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    },
  );
  client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: {} }));
  client.setRequestHandler('sampling/createMessage', () => ({
    role: 'assistant',
    model: 'wisher',
    content: { type: 'text', text: 'Have a good trip!' },
  }));
  await client.connect(new StreamableHTTPClientTransport(new URL(address)));
  // #region caller
  const { traceId, spanId } = callers[era];
  const _meta = { traceparent: `00-${traceId}-${spanId}-01` };
  await client.callTool({ name: 'book', arguments: { city: 'Rome' }, _meta });
  // #endregion caller
  await client.callTool({ name: 'refuse', arguments: {}, _meta });
  await client.close();
}
