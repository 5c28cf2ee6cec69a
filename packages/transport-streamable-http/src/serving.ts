import type { Server } from '@modelcontextprotocol/server';
import { RepriseError } from '@reprise/core/transport';
import { LegacyTransport, type LegacyTransportOptions } from './legacy-transport.js';

interface ServingEvents {
  readonly onClose: (serving: Serving) => void;
  readonly onError: (error: Error) => void;
}

/** What serves a session while it is awake: a protocol server, and the transport that carries it. */
export class Serving {
  readonly transport: LegacyTransport;
  readonly #options: LegacyTransportOptions;
  readonly #connected: Promise<void>;

  /** The protocol server can send from now on. */
  constructor(
    private readonly server: Server,
    options: LegacyTransportOptions,
    { onClose, onError }: ServingEvents,
  ) {
    this.#options = options;
    options.askIds.restart();
    this.transport = new LegacyTransport(options);
    this.transport.onclose = () => onClose(this);
    this.transport.onerror = onError;
    this.#connected = server.connect(this.transport);
  }

  /** Undefined until the client's initialize was accepted. */
  get revision(): string | undefined {
    return this.server.getNegotiatedProtocolVersion();
  }

  connected(): Promise<void> {
    return this.#connected;
  }

  /** Has the protocol server hear what another one has heard. Throws WAKE_FAILED. */
  async hearHandshake(): Promise<void> {
    await this.#connected;
    for (const message of this.#options.handshake.messages)
      if (!(await this.transport.repeat(message)) || this.revision === undefined)
        throw new RepriseError(
          'WAKE_FAILED',
          'A protocol server refused the initialize that the session began with.',
          { where: 'streamableHttp()', fix: 'The next request of the client tries again.' },
        );
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
