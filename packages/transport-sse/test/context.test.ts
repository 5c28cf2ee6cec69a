import { SSEClientTransport as SseV2 } from '@modelcontextprotocol/client';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { sse } from '@reprise/transport-sse';
import { connectClient } from '../../http-edge/test/support/clients.js';
import { describeHttpContext } from '../../http-edge/test/support/http-context.js';

describeHttpContext({
  kinds: ['v1', 'v2 legacy'],
  transport: () => sse({ port: 0, signals: false }),
  connect: (kind, url, headers) =>
    connectClient(kind, {
      v1: () => new SseV1(url, { requestInit: { headers } }),
      v2: () => new SseV2(url, { requestInit: { headers } }),
    }),
});
