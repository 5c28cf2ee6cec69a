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
  /** The last one is number `#count`, the one before it a smaller, and so on. */
  #events: StoredEvent[] = [];
  /** Makes the ids of two sessions differ, so that one is never mistaken for the other. */
  readonly #tag = randomBytes(6).toString('hex');
  #count = 0;
  #bytes = 0;
  #over = false;
  /** While the handshake is said again: its answers have been given, and are not kept once more. Notices are. */
  isRepeating = false;

  constructor(
    private readonly limits: Required<EventLogLimits>,
    private readonly budget: EventBudget,
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    if (this.isRepeating && !('method' in message)) return this.#idOf(this.#count);
    const id = this.#idOf(++this.#count);
    // What a call says after the end of its session is for nobody.
    if (this.#over) return id;
    const text = JSON.stringify(message);
    const bytes = Buffer.byteLength(text);
    this.#events.push({ streamId: inOnePiece(streamId), text });
    this.#bytes += bytes;
    this.budget.added(this, bytes);
    const { maxEvents, maxBytes } = this.limits;
    while (this.#events.length > maxEvents || this.#bytes > maxBytes) this.dropOldest();
    return id;
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return this.#events[this.#indexOf(eventId)]?.streamId;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const index = this.#indexOf(lastEventId);
    const last = this.#events[index];
    if (last === undefined) throw new Error('Unknown event');
    const number = this.#count - this.#events.length + index + 1;
    // Of a copy: others may come, and old ones go, meanwhile.
    for (const [after, { streamId, text }] of this.#events.slice(index + 1).entries())
      // What was written by JSON.stringify from a message is one when it is read back.
      if (streamId === last.streamId)
        await send(this.#idOf(number + after + 1), JSON.parse(text) as JSONRPCMessage);
    return last.streamId;
  }

  dropOldest(): void {
    const event = this.#events.shift();
    if (event === undefined) return;
    const bytes = Buffer.byteLength(event.text);
    this.budget.dropped(this, bytes);
    this.#bytes -= bytes;
  }

  /** Forgets everything: the client has it, or the session is over. */
  clear(): void {
    this.budget.dropped(this, this.#bytes);
    this.#bytes = 0;
    this.#events = [];
  }

  /** Forgets everything, and what is still to come. */
  end(): void {
    this.#over = true;
    this.clear();
  }

  #idOf(number: number): string {
    return `${this.#tag}-${number}`;
  }

  /** Where an event is; -1 if it is not ours, or no longer here. */
  #indexOf(id: string): number {
    const number = Number(id.slice(this.#tag.length + 1));
    if (id !== this.#idOf(number)) return -1;
    return Math.max(-1, number - 1 - (this.#count - this.#events.length));
  }
}

/** A UUID is made of twenty strings, and keeps them all until it is read from end to end. */
function inOnePiece(text: string): string {
  return Buffer.from(text).toString();
}
