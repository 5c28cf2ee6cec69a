import { randomBytes } from 'node:crypto';
import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';
import type { EventBudget } from './event-budget.js';

export interface EventLogLimits {
  /** Most events kept per session. Default 500. */
  maxEvents?: number;
  /** Most bytes of events kept per session. Default 1 MiB. */
  maxBytes?: number;
  /** Most bytes of events kept of all sessions together; those silent longest lose theirs first. Default 64 MiB. */
  maxTotalBytes?: number;
}

export const defaultLimits: Required<EventLogLimits> = {
  maxEvents: 500,
  maxBytes: 1024 * 1024,
  maxTotalBytes: 64 * 1024 * 1024,
};

interface StoredEvent {
  readonly streamId: string;
  /** Kept as text: it is what the limit counts, and later changes of the message cannot reach it. */
  readonly text: string;
}

/**
 * What one session was sent of late, so that a client whose stream broke can go on where it stopped.
 * Events leave in the order they came: whoever knows an event that is still here finds every later one too.
 * An event that has left, or that belongs to another session, is unknown, and resuming from it is refused.
 */
export class EventLog implements EventStore {
  readonly #events = new Map<string, StoredEvent>();
  /** Makes the ids of two sessions differ, so that one is never mistaken for the other. */
  readonly #tag = randomBytes(6).toString('hex');
  #count = 0;
  #bytes = 0;
  #over = false;

  constructor(
    private readonly limits: Required<EventLogLimits>,
    private readonly budget: EventBudget,
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    const text = JSON.stringify(message);
    const id = `${this.#tag}-${++this.#count}`;
    // What a call says after the end of its session is for nobody.
    if (this.#over) return id;
    const bytes = Buffer.byteLength(text);
    this.#events.set(id, { streamId, text });
    this.#bytes += bytes;
    this.budget.added(this, bytes);
    const { maxEvents, maxBytes } = this.limits;
    while (this.#events.size > maxEvents || this.#bytes > maxBytes) this.dropOldest();
    return id;
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return this.#events.get(eventId)?.streamId;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const last = this.#events.get(lastEventId);
    if (last === undefined) throw new Error('Unknown event');
    let reached = false;
    for (const [id, event] of this.#events) {
      if (id === lastEventId) reached = true;
      // What was written by JSON.stringify from a message is one when it is read back.
      else if (reached && event.streamId === last.streamId)
        await send(id, JSON.parse(event.text) as JSONRPCMessage);
    }
    return last.streamId;
  }

  dropOldest(): void {
    for (const [id, { text }] of this.#events) {
      const bytes = Buffer.byteLength(text);
      this.#events.delete(id);
      this.#bytes -= bytes;
      return this.budget.dropped(this, bytes);
    }
  }

  /** Forgets everything: the session is over. */
  end(): void {
    this.#over = true;
    while (this.#events.size > 0) this.dropOldest();
  }
}
