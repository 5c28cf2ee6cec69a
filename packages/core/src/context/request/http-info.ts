import { peerAddress } from './peer.js';

/** What a handler may know of the HTTP request that carried its call. */
export interface HttpInfo {
  readonly url: string;
  /** Lower-case names. `cookie`, `authorization` and `proxy-authorization` are left out: ask `header` for them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address at the other end of the connection: behind a proxy, that of the proxy. */
  readonly remoteAddress: string | undefined;
  /** One header by its name, in any case; the only way to the secret ones. */
  header(name: string): string | undefined;
}

const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** Reads the request when a handler looks, and not before. */
export class RequestHttpInfo implements HttpInfo {
  readonly remoteAddress = peerAddress();
  readonly #request: Request;
  #headers: Readonly<Record<string, string>> | undefined;

  /** Made while the request arrives: the address is only known there. */
  constructor(request: Request) {
    this.#request = request;
  }

  get url(): string {
    return this.#request.url;
  }

  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= Object.freeze(
      Object.fromEntries([...this.#request.headers].filter(([name]) => !secretHeaders.has(name))),
    );
    return this.#headers;
  }

  toJSON(): object {
    return { url: this.url, headers: this.headers, remoteAddress: this.remoteAddress };
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }
}
