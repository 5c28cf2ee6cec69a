import { isError, messageOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { Session, SessionHooks } from '../protocol/index.js';

/** What the author of a server wants to do when a client comes or goes. */
export interface SessionCallbacks {
  onSessionStart(session: Session): unknown;
  onSessionEnd(session: Session): unknown;
}

/** Tells the author of clients that come and go. The end is told after the beginning was dealt with; errors end in the log. */
export class SessionWatch implements SessionHooks {
  readonly #beginnings = new Map<Session, Promise<void>>();
  readonly #endings = new Set<Promise<void>>();

  constructor(
    private readonly callbacks: SessionCallbacks,
    private readonly log: Logger,
  ) {}

  began(session: Session): void {
    this.#beginnings.set(session, this.#tell('onSessionStart', session));
  }

  ended(session: Session): void {
    const beginning = this.#beginnings.get(session);
    if (beginning === undefined) return;
    this.#beginnings.delete(session);
    const ending = beginning
      .then(() => this.#tell('onSessionEnd', session))
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  /** Resolves when all that was told is dealt with, after `limit` milliseconds at the latest. */
  async settled(limit: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, limit)));
    await Promise.race([Promise.all(this.#endings), tooLate]);
    clearTimeout(timer);
  }

  async #tell(hook: keyof SessionCallbacks, session: Session): Promise<void> {
    try {
      await this.callbacks[hook](session);
    } catch (thrown) {
      const cause = isError(thrown) ? (thrown.stack ?? thrown.message) : messageOf(thrown);
      const { id, transport } = session;
      this.log.log('error', `${hook} failed`, { sessionId: id, transport, cause });
    }
  }
}
