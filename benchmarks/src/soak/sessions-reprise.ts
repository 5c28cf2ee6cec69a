import { streamableHttp } from '@reprise/transport-streamable-http';
import { Desk } from '../programs/desk-reprise.js';
import { tellHeap } from './heap.js';

const transport = streamableHttp({ port: 0, sessionIdle: Number(process.argv[2]), maxSessions: 20_000 });
await new Desk({ logLevel: 'error' }).start(transport);
tellHeap();
process.send?.(Number(new URL(transport.address).port));
