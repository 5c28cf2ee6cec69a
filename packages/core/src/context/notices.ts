import type { ServerEvent } from '@modelcontextprotocol/server';
import { isError, RepriseError } from '../errors/index.js';
import type { Watch } from '../telemetry/index.js';
import type { Exchange } from './exchange.js';
import type { Surroundings } from './surroundings.js';

/** How long a flush waits for the clients that do not read. In milliseconds. */
const flushTimeout = 5000;

/**
 * The changes that one request wants told, each once. They are sent when the request ends. The answer does not wait
 * for it: a client that reads slowly must not hold up the answer to another one.
 */
export class Notices {
  private queue: Map<string, ServerEvent> | undefined;
  private flushing: Promise<void> | undefined;

  constructor(
    private readonly surroundings: Pick<Surroundings, 'changes' | 'log'>,
    private readonly exchange: Pick<Exchange, 'requestId' | 'sessionId'>,
    private readonly watch: Pick<Watch, 'flushed'>,
  ) {}

  add(event: ServerEvent): void {
    this.queue ??= new Map();
    this.queue.set(JSON.stringify(event), event);
  }

  /** Once; a second call gets the first one's promise. Sending has begun when it returns. Never rejects. */
  flush(): Promise<void> {
    this.flushing ??= this.queue === undefined ? Promise.resolve() : this.send([...this.queue.values()]);
    return this.flushing;
  }

  private async send(queued: readonly ServerEvent[]): Promise<void> {
    const { changes } = this.surroundings;
    const begin = performance.now();
    let failure: unknown;
    try {
      await inTime(Promise.all(queued.map((event) => changes.deliver(event))));
    } catch (thrown) {
      failure = thrown;
      this.report(queued, thrown);
    }
    this.watch.flushed({ queued, durationMs: performance.now() - begin, failure });
  }

  private report(queued: readonly ServerEvent[], thrown: unknown): void {
    const { requestId, sessionId } = this.exchange;
    const error = isError(thrown) ? (thrown.stack ?? thrown.message) : String(thrown);
    this.surroundings.log.log('warning', 'notices of a change could not be sent', {
      requestId,
      sessionId,
      queued: queued.map((event) => ('uri' in event ? `${event.kind} ${event.uri}` : event.kind)),
      error,
    });
  }
}

async function inTime(sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new RepriseError('NOTICE_TIMEOUT', `A client did not take it within ${flushTimeout} ms.`)),
      flushTimeout,
    );
    timer.unref();
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
