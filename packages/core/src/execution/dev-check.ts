import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange, Surroundings } from '../context/index.js';
import { messageOf, RepriseError } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import { type Conversation, rehearse, type SuspendedRound } from '../replay/index.js';
import { NoTelemetry } from '../telemetry/index.js';
import type { InFlight } from './in-flight.js';

export interface DevCheckParts {
  readonly inFlight: InFlight;
  readonly log: Logger;
  readonly graceMs: number;
}

/** How long after the first round: the answer has left, and a clock shows another millisecond. In milliseconds. */
const pause = 5;

/** When a rehearsal that does not come to an end is given up. In milliseconds. */
const limit = 5_000;

/**
 * In development: plays each first round that asks a second time, in the background, and warns of a handler that asks
 * something else then. Such a handler works with legacy clients, and fails with modern ones, perhaps only sometimes.
 */
export class DevCheck {
  private readonly underWay = new Set<string>();

  constructor(private readonly parts: DevCheckParts) {}

  /** Returns at once. While a tool is checked, further calls of it are not. */
  begin(
    where: string,
    first: SuspendedRound,
    handler: (conversation: Conversation, signal: AbortSignal) => Promise<unknown>,
  ): void {
    if (this.underWay.has(where)) return;
    this.underWay.add(where);
    this.check(where, first, handler)
      .catch((thrown: unknown) =>
        this.parts.log.log('debug', 'The dev check failed', { tool: where, cause: messageOf(thrown) }),
      )
      .finally(() => this.underWay.delete(where));
  }

  private async check(
    where: string,
    first: SuspendedRound,
    handler: (conversation: Conversation, signal: AbortSignal) => Promise<unknown>,
  ): Promise<void> {
    await delay(pause);
    const { inFlight, log, graceMs } = this.parts;
    const call = inFlight.begin(AbortSignal.timeout(limit));
    try {
      const { signal } = call;
      const found = await rehearse({ where, first, signal, graceMs }, (conversation) =>
        handler(conversation, signal),
      );
      if (found === undefined) return;
      log.log('warning', `${where} asks something else when it is played again. ${advice}`, {
        tool: where,
        asked: found.asked,
        instead: found.instead,
      });
    } finally {
      call.end();
    }
  }
}

const advice =
  'Clients of 2026-07-28 would get an error: move clock, randomness and I/O into ctx.step(). (This is the dev check; it is off in production.)';

/** An exchange over which nothing reaches the client. */
export function silentExchange(exchange: Exchange, signal: AbortSignal): Exchange {
  return {
    ...exchange,
    signal,
    request: async () => {
      throw new RepriseError('CANNOT_ASK', 'A rehearsal has no client.');
    },
    notify: async () => {},
    log: async () => {},
  };
}

/** Surroundings in which a handler leaves no trace. */
export function silentSurroundings(surroundings: Surroundings): Surroundings {
  const { sessions } = surroundings;
  return {
    ...surroundings,
    telemetry: new NoTelemetry(),
    log: { log: () => {} },
    changes: { deliver: async () => {} },
    sessions: {
      get: (owner, key) => sessions.get(owner, key),
      set: async () => {},
      delete: async (owner, key) => (await sessions.get(owner, key)) !== undefined,
      forget: async () => {},
    },
  };
}
