import { type AuthInfo, createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import type { Host, Transport } from '@reprise/core/transport';

// #region transport
/** Serves one `Request` at a time and listens nowhere: for platforms that call a function. */
export class FetchTransport implements Transport {
  readonly name = 'fetch';
  readonly address = 'fetch';
  #serving: { host: Host; handler: McpHttpHandler } | undefined;

  async start(host: Host): Promise<void> {
    const { name: transport } = this;
    const handler = createMcpHandler(
      ({ era }) => host.createServer({ era, transport, lifetime: 'request' }),
      { bus: host.changes },
    );
    this.#serving = { host, handler };
  }

  /** `authInfo`: who the caller is, when you have checked the token. */
  async fetch(request: Request, authInfo?: AuthInfo): Promise<Response> {
    if (this.#serving === undefined) return new Response('Stopped', { status: 503 });
    const { host, handler } = this.#serving;
    // without anybody there are no scopes to check, so @Scopes would let everybody through
    if (host.scoped && authInfo === undefined) return new Response('Unauthorized', { status: 401 });
    return handler.fetch(request, authInfo && { authInfo });
  }

  async drain(): Promise<void> {}

  async close(): Promise<void> {
    await this.#serving?.handler.close();
    this.#serving = undefined;
  }
}
// #endregion transport
