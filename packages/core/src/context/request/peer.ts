import { AsyncLocalStorage } from 'node:async_hooks';

/** Beside the request, not in it: a web Request has no room for the address, and a header could come from the client. */
const peers = new AsyncLocalStorage<string>();

/** For transports: requests that `serve` hands on carry the address at the other end of their connection, as `ctx.http.remoteAddress`. */
export function servePeer<T>(address: string | undefined, serve: () => T): T {
  return address === undefined ? serve() : peers.run(address, serve);
}

/** The address that the request being received comes from. */
export function peerAddress(): string | undefined {
  return peers.getStore();
}
