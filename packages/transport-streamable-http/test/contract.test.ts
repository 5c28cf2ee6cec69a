import { StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  clientKinds,
  ContractServer,
  describeTransportContract,
  httpEndpoint,
} from '@reprise/transport-contract';
import { streamableHttp } from '@reprise/transport-streamable-http';

describeTransportContract('Streamable HTTP', {
  clients: clientKinds,
  async start(journalFile) {
    const server = new ContractServer(journalFile);
    const transport = streamableHttp({ port: 0, signals: false });
    await server.start(transport);
    return httpEndpoint(server, transport, {
      v1: (url) => new HttpV1(url),
      v2: (url) => new HttpV2(url),
    });
  },
});
