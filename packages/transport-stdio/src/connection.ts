import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/server';
import { messageOf, type Host } from '@reprise/core/transport';
import { LineWire } from './line-wire.js';

export interface Connection {
  /** Writes out what is on its way, then lets go of both streams. */
  close(): Promise<void>;
}

export interface Pipe {
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Longest line in bytes. */
  readonly lineLimit: number;
}

/** How long `close` waits for a reader that does not read. In milliseconds. */
const flushLimit = 1000;

/** Serves one client; the SDK finds out from its first message which era it speaks. `onGone` tells that the pipe is closed. */
export async function openConnection(
  host: Host,
  { stdin, stdout, lineLimit }: Pipe,
  onGone: () => void,
): Promise<Connection> {
  // Loaded here, so that a program that chooses another transport does not pay for this one.
  const [{ serveStdio }, { parseJSONRPCMessage: requireMessage }] = await Promise.all([
    import('@modelcontextprotocol/server/stdio'),
    import('@modelcontextprotocol/server'),
  ]);
  const wire: Transport = new LineWire({ stdin, stdout, lineLimit, requireMessage });
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
