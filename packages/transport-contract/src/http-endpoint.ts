import { connect } from 'node:net';
import type { Transport as TransportV2 } from '@modelcontextprotocol/client';
import type { Transport as TransportV1 } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Transport } from '@reprise/core/transport';
import type { ContractServer } from './server/contract-server.js';
import type { Endpoint } from './transport-adapter.js';

interface Dialling {
  v1(url: URL): TransportV1;
  v2(url: URL): TransportV2;
}

/** A server that listens in this process, for all clients of a case. */
export function httpEndpoint(server: ContractServer, transport: Transport, dial: Dialling): Endpoint {
  // Kept, for a closed transport may not know its address any more.
  const url = new URL(transport.address);
  return {
    manyClients: true,
    dialV1: () => dial.v1(url),
    dialV2: () => dial.v2(url),
    stop: () => server.stop(),
    gone: () => refusesConnections(url),
  };
}

function refusesConnections({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
