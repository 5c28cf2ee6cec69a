import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Host, HostSession, ServerOrigin } from '@reprise/core/transport';
import { Refusal, rpcCode, type Session } from '@reprise/http-edge';
import { AskIds } from './ask-ids.js';
import type { EventLog } from './event-log.js';
import { Handshake } from './handshake.js';
import { Serving } from './serving.js';

const firstWithoutBatches = '2025-06-18';

/** The same for all sessions of one transport. */
export interface SessionSurroundings {
  readonly host: Host;
  readonly origin: ServerOrigin;
  readonly keepAlive: number;
  readonly reconnectDelay: number;
  /** Called once for each session, however it ends. */
  readonly onEnd: (sessionId: string) => void;
  readonly onError: (error: Error) => void;
}

export interface SessionFacts {
  readonly sessionId: string;
  readonly owner: string | undefined;
  readonly eventLog: EventLog | undefined;
}

/**
 * One legacy client. While it is used, a protocol server and the transport that carries it serve it; at rest it has
 * neither, and its next request has both made again, which hear the client's handshake before the request.
 */
export class LegacySession implements Session {
  readonly #handshake: Handshake;
  readonly #client: HostSession;
  readonly #askIds = new AskIds();
  #serving: Serving | undefined;
  /** All who come while it wakes wait for the same. */
  #waking: Promise<Serving> | undefined;
  #exchanges = 0;
  #streams = 0;
  #isOver = false;

  constructor(
    private readonly around: SessionSurroundings,
    private readonly facts: SessionFacts,
    initialize: unknown,
  ) {
    this.#handshake = new Handshake(initialize);
    this.#client = around.host.createSession(around.origin, () => this.#wakeUnasked());
  }

  get owner(): string | undefined {
    return this.facts.owner;
  }

  get busy(): boolean {
    return this.#waking !== undefined || this.#serving?.transport.calls.any === true;
  }

  get listening(): boolean {
    return this.#streams > 0;
  }

  /** Answers the initialize that the session begins with; if it is refused, the session ends. */
  async begin(req: IncomingMessage, res: ServerResponse, initialize: unknown): Promise<void> {
    const serving = this.#serve();
    await serving.connected();
    await this.#during(res, () => serving.transport.serve(req, res, initialize));
    if (serving.transport.sessionId === undefined) await this.close();
  }

  /** Serves a request. Throws a 404 if the session ends before it is awake. */
  async handle(req: IncomingMessage, res: ServerResponse, body?: unknown): Promise<void> {
    if (req.method === 'GET' && !res.closed) {
      this.#streams += 1;
      res.once('close', () => (this.#streams -= 1));
    }
    await this.#during(res, async () => {
      // Looked up before anything is waited for: who sees a session that wakes has to wait with the others.
      const { transport, revision = '' } = await (this.#waking ?? this.#serving ?? this.#wake());
      if (Array.isArray(body) && revision >= firstWithoutBatches)
        throw new Refusal(
          400,
          rpcCode.invalidRequest,
          `Revision ${revision} has no batches: send one message at a time`,
        );
      await transport.serve(req, res, body);
    });
  }

  rest(): void {
    const serving = this.#serving;
    if (serving === undefined || this.busy || this.#exchanges > 0 || !this.#client.rest()) return;
    this.#letGo(serving);
  }

  async close(): Promise<void> {
    await this.#serving?.close();
    this.#end();
  }

  #serve(): Serving {
    const { keepAlive, reconnectDelay, onError } = this.around;
    const { sessionId, eventLog } = this.facts;
    const own = { sessionId, eventLog, askIds: this.#askIds, handshake: this.#handshake };
    const options = { ...own, keepAlive, reconnectDelay };
    const onClose = (closed: Serving): void => {
      if (this.#serving === closed) this.#end();
    };
    this.#serving = new Serving(this.#client.createServer(), options, { onClose, onError });
    return this.#serving;
  }

  #wake(): Promise<Serving> {
    this.#waking = this.#serveAgain().finally(() => (this.#waking = undefined));
    return this.#waking;
  }

  async #serveAgain(): Promise<Serving> {
    if (this.#isOver) throw gone();
    const serving = this.#serve();
    try {
      await serving.hearHandshake();
      await this.#client.caughtUp();
    } catch (error) {
      if (this.#isOver) throw gone();
      // At rest as before: the next request may have more luck.
      this.#client.rest();
      this.#letGo(serving);
      throw error;
    }
    return serving;
  }

  /** For somebody who cannot wait: the protocol server is there at once, and hears the handshake soon. */
  #wakeUnasked(): void {
    if (!this.#isOver && this.#serving === undefined) this.#wake().catch(this.around.onError);
  }

  #letGo(serving: Serving): void {
    this.#serving = undefined;
    serving.close().catch(this.around.onError);
  }

  /** Work on one exchange, which lasts until its response is closed: so long the session does not rest. */
  async #during(res: ServerResponse, work: () => Promise<void>): Promise<void> {
    this.#exchanges += 1;
    try {
      await work();
    } finally {
      const done = (): unknown => (this.#exchanges -= 1);
      if (res.closed) done();
      else res.once('close', done);
    }
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.around.onEnd(this.facts.sessionId);
    this.facts.eventLog?.end();
    this.#client.end();
  }
}

function gone(): Refusal {
  return new Refusal(404, rpcCode.sessionNotFound, 'Session not found');
}
