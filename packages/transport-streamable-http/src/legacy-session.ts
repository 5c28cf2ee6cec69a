import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from '@modelcontextprotocol/server';
import { Refusal, rpcCode, type Session } from '@reprise/http-edge';
import { LegacyTransport, type LegacyTransportOptions } from './legacy-transport.js';

const firstWithoutBatches = '2025-06-18';

/** One legacy client: its protocol server, and the transport that carries it. */
export class LegacySession implements Session {
  readonly #server: Server;
  readonly #transport: LegacyTransport;
  #streams = 0;

  constructor(
    server: Server,
    options: LegacyTransportOptions,
    readonly owner?: string,
  ) {
    this.#server = server;
    this.#transport = new LegacyTransport(options);
  }

  /** `onEnd` is called once, however the session ends. */
  async connect(onEnd: () => void, onError: (error: Error) => void): Promise<void> {
    this.#transport.onclose = onEnd;
    this.#transport.onerror = onError;
    await this.#server.connect(this.#transport);
  }

  /** False until the client's initialize was accepted. */
  get initialized(): boolean {
    return this.#transport.sessionId !== undefined;
  }

  get busy(): boolean {
    return this.#transport.calls.any;
  }

  get listening(): boolean {
    return this.#streams > 0;
  }

  async handle(req: IncomingMessage, res: ServerResponse, body?: unknown): Promise<void> {
    const revision = this.#server.getNegotiatedProtocolVersion() ?? '';
    if (Array.isArray(body) && revision >= firstWithoutBatches)
      throw new Refusal(
        400,
        rpcCode.invalidRequest,
        `Revision ${revision} has no batches: send one message at a time`,
      );
    if (req.method === 'GET') {
      this.#streams += 1;
      res.once('close', () => (this.#streams -= 1));
    }
    await this.#transport.handleRequest(req, res, body);
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}
