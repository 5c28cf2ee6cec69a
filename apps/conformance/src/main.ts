import { parseArgs } from 'node:util';
import type { Transport } from '@reprise/core/transport';
import { Everything } from './everything.js';

const { values } = parseArgs({
  options: {
    transport: { type: 'string', default: 'streamable-http' },
    port: { type: 'string', default: '3000' },
  },
});

const transport = await open(values.transport, Number(values.port));
await new Everything({ logLevel: 'warning' }).start(transport);
// on stdio, stdout belongs to the protocol
if (transport.address !== undefined) console.log(transport.address);

async function open(name: string, port: number): Promise<Transport> {
  switch (name) {
    case 'stdio':
      return (await import('@reprise/transport-stdio')).stdio();
    case 'sse':
      return (await import('@reprise/transport-sse')).sse({ port });
    case 'streamable-http':
      return (await import('@reprise/transport-streamable-http')).streamableHttp({ port });
    default:
      throw new Error(`There is no transport "${name}". Choose stdio, sse or streamable-http.`);
  }
}
