import type { InMemoryTransport, JSONRPCMessage } from '@modelcontextprotocol/server';

const clientInfo = { name: 'bench', version: '1.0.0' };
const initialize = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };

/** How many tools the server at the other end lists, asked without a client library. */
export async function listed(pipe: InMemoryTransport): Promise<number> {
  await pipe.start();
  const request = (id: number, method: string, params: object): Promise<unknown> =>
    new Promise((resolve) => {
      pipe.onmessage = (message: JSONRPCMessage) => resolve('result' in message ? message.result : undefined);
      void pipe.send({ jsonrpc: '2.0', id, method, params: { ...params } });
    });
  await request(1, 'initialize', initialize);
  await pipe.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  // What the SDK types as a result of any kind.
  const { tools } = (await request(2, 'tools/list', {})) as { tools: unknown[] };
  return tools.length;
}
