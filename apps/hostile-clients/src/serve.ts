import { sse } from '@reprise/transport-sse';
import { stdio } from '@reprise/transport-stdio';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { Desk } from './desk.js';

// Serves one transport and tells its parent process where, and how much memory it holds when asked.
/** Few, so that what the sessions of hostile clients hold does not look like a leak. */
const maxSessions = 20;
const transports = {
  'streamable-http': () => streamableHttp({ port: 0, maxSessions }),
  sse: () => sse({ port: 0, maxSessions }),
  stdio: () => stdio(),
};

const name = process.argv[2] ?? 'streamable-http';
if (!isTransport(name)) throw new Error(`There is no transport ${name}.`);
const transport = transports[name]();
await new Desk({ logLevel: 'emergency' }).start(transport);
process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ bytes: heapUsed + external });
});
process.send?.({ address: transport.address });

function isTransport(text: string): text is keyof typeof transports {
  return Object.hasOwn(transports, text);
}
