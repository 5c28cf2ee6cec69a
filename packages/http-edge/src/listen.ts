import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, RepriseError } from '@reprise/core/transport';

/** In milliseconds: how often the deadlines are looked at, at most. */
const longestCheck = 2000;

/**
 * In milliseconds: how long a connection without a request is kept. Longer than load balancers and clients keep theirs
 * (60 seconds, for most): if we closed first, the next request could meet a closed socket.
 */
const keepIdle = 65_000;

export interface ListenPlace {
  readonly port: number;
  readonly host: string;
  readonly deadlines: { readonly headers: number; readonly request: number };
  readonly maxConnections: number;
}

/** Begins to listen; resolves with the server and its port. `where` names the factory in messages. */
export async function listen(
  where: string,
  place: ListenPlace,
  listener: RequestListener,
): Promise<{ server: Server; port: number }> {
  const { headers, request } = place.deadlines;
  const server = createServer(
    {
      headersTimeout: headers,
      requestTimeout: request,
      keepAliveTimeout: keepIdle,
      connectionsCheckingInterval: Math.min(longestCheck, Math.ceil(headers / 4)),
    },
    listener,
  );
  // Headers beyond a count would be dropped in silence, those that are guarded among them; their size is limited anyway.
  server.maxHeadersCount = 0;
  if (place.maxConnections !== Infinity) server.maxConnections = place.maxConnections;
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
