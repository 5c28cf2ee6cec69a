import { SSEClientTransport as SseV2 } from '@modelcontextprotocol/client';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { ContractServer, describeTransportContract, httpEndpoint } from '@reprise/transport-contract';
import { sse } from '@reprise/transport-sse';

describeTransportContract('HTTP+SSE', {
  // The transport belongs to the revision 2024-11-05: no client of the modern era speaks it.
  clients: ['v1', 'v2 legacy'],
  async start(journalFile) {
    const server = new ContractServer(journalFile);
    const transport = sse({ port: 0, signals: false });
    await server.start(transport);
    return httpEndpoint(server, transport, { v1: (url) => new SseV1(url), v2: (url) => new SseV2(url) });
  },
});
