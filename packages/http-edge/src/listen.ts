import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, RepriseError } from '@reprise/core/transport';

/** Against clients that send a byte now and then to hold a connection. Answers may take as long as they like. */
const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };

export interface ListenPlace {
  readonly port: number;
  readonly host: string;
}

/** Begins to listen; resolves with the server and its port. `where` names the factory in messages. */
export async function listen(
  where: string,
  place: ListenPlace,
  listener: RequestListener,
): Promise<{ server: Server; port: number }> {
  const server = createServer(timeouts, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(where, place, error)));
    server.listen(place.port, place.host, resolve);
  });
  server.removeAllListeners('error');
  // A server that listens on TCP has an AddressInfo; the string is for pipes.
  const { port } = server.address() as AddressInfo;
  return { server, port };
}

function cannotListen(
  where: string,
  { port, host }: ListenPlace,
  error: NodeJS.ErrnoException,
): RepriseError {
  if (error.code === 'EADDRINUSE')
    return new RepriseError('ADDRESS_IN_USE', `Port ${port} on ${host} is taken by another process.`, {
      where,
      fix: `Stop that process, or choose another port, for example ${port + 1}; 0 takes any free one.`,
      cause: error,
    });
  return new RepriseError('INVALID_OPTION', `Cannot listen on ${host}, port ${port}: ${messageOf(error)}.`, {
    where,
    fix: 'Choose an address of this machine and a port that you may open.',
    cause: error,
  });
}
