import { once } from 'node:events';
import { createServer } from 'node:net';

const first = 20_000;
/** Below the ports that systems give to outgoing connections. */
const count = 12_000;

/** A free port for a server that is started again: no connection of another test can take it meanwhile. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * count);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false; // `once` rejects with the error event
  }
  server.close();
  await once(server, 'close');
  return true;
}
