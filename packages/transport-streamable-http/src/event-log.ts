import { randomBytes } from 'node:crypto';
import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

export interface EventLogLimits {
  /** Most events kept per session. Default 500. */
  maxEvents?: number;
  /** Most bytes of events kept per session. Default 1 MiB. */
  maxBytes?: number;
}

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
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #count = 0;
  #bytes = 0;

  constructor({ maxEvents = 500, maxBytes = 1024 * 1024 }: EventLogLimits = {}) {
    this.#maxEvents = maxEvents;
    this.#maxBytes = maxBytes;
  }

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    const text = JSON.stringify(message);
    const id = `${this.#tag}-${++this.#count}`;
    this.#events.set(id, { streamId, text });
    this.#bytes += Buffer.byteLength(text);
    this.#dropOldest();
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

  #dropOldest(): void {
    for (const [id, { text }] of this.#events) {
      if (this.#events.size <= this.#maxEvents && this.#bytes <= this.#maxBytes) return;
      this.#events.delete(id);
      this.#bytes -= Buffer.byteLength(text);
    }
  }
}
