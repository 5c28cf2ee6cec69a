import { StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { connectClient } from '../../http-edge/test/support/clients.js';
import { describeHttpContext } from '../../http-edge/test/support/http-context.js';

describeHttpContext({
  kinds: ['v1', 'v2 legacy', 'v2 modern'],
  transport: () => streamableHttp({ port: 0, signals: false }),
  connect: (kind, url, headers) =>
    connectClient(kind, {
      v1: () => new HttpV1(url, { requestInit: { headers } }),
      v2: () => new HttpV2(url, { requestInit: { headers } }),
    }),
});
