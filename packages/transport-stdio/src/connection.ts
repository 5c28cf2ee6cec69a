import type { Readable, Writable } from 'node:stream';
import { messageOf, type Host } from '@reprise/core/transport';

export interface Connection {
  /** Writes out what is on its way, then lets go of both streams. */
  close(): Promise<void>;
}

/** How long `close` waits for a reader that does not read. In milliseconds. */
const flushLimit = 1000;

/** Serves one client; the SDK finds out from its first message which era it speaks. `onGone` tells that the pipe is closed. */
export async function openConnection(
  host: Host,
  stdin: Readable,
  stdout: Writable,
  onGone: () => void,
): Promise<Connection> {
  // Loaded here, so that a program that chooses another transport does not pay for this one.
  const { serveStdio, StdioServerTransport } = await import('@modelcontextprotocol/server/stdio');
  const wire = new StdioServerTransport(stdin, stdout);
  const handle = serveStdio(
    ({ era }) => host.createServer({ era, transport: 'stdio', lifetime: 'connection' }),
    {
      transport: wire,
      onerror: (error) =>
        host.log.log('warning', 'An error on the stdio connection', { cause: messageOf(error) }),
    },
  );
  // The handle does not tell when the client left. The wire does, but only to the `onclose` that serveStdio set.
  const served = wire.onclose;
  wire.onclose = () => {
    served?.();
    onGone();
  };
  return {
    async close() {
      await handle.close();
      await flushed(stdout);
    },
  };
}

/** Resolves when all that was written has left the process, or never will. */
function flushed(stdout: Writable): Promise<void> {
  if (!stdout.writable) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, flushLimit);
    stdout.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
