import { streamableHttp } from '@reprise/transport-streamable-http';
import { Desk } from './desk-reprise.js';

const transport = streamableHttp({ port: 0 });
await new Desk({ logLevel: 'error' }).start(transport);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.send?.(Number(new URL(transport.address).port));
