import { AsyncLocalStorage } from 'node:async_hooks';
import type { InMemoryTransport, JSONRPCMessage } from '@modelcontextprotocol/server';
import type { StepRun } from '@reprise/core/transport';
import type { ConnectionWatch } from '../server/memory-transport.js';
import { CallRecord, type ClientLog, type ProgressReport } from './call-record.js';

/** A message of the connection, as JSON-RPC. */
export interface WireMessage {
  readonly from: 'client' | 'server';
  readonly message: JSONRPCMessage;
}

/** What the server told its client of its own accord: that a list has changed, for instance. */
export interface Notification {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Id = string | number;

/** All that goes over one connection, and which call it belongs to. */
export class Traffic implements ConnectionWatch {
  readonly wire: WireMessage[] = [];
  readonly notifications: Notification[] = [];
  /** For what belongs to no call. */
  readonly outside = new CallRecord();
  /** The call that the client sends for, or is answered in. */
  readonly #current = new AsyncLocalStorage<CallRecord | undefined>();
  readonly #rounds = new Map<Id, { record: CallRecord; round: number }>();
  /** Of the messages that the server sends for a request. */
  readonly #related = new WeakMap<JSONRPCMessage, Id>();

  /** Runs a request of the client's: all that it sends, in any round, is part of the call. */
  within<T>(record: CallRecord, send: () => Promise<T>): Promise<T> {
    return this.#current.run(record, send);
  }

  /** The call that the client works on at this moment. */
  get call(): CallRecord {
    return this.#current.getStore() ?? this.outside;
  }

  /** To be called before the client connects; what it returns, when it has. */
  watch(pipe: InMemoryTransport): () => void {
    const send = pipe.send.bind(pipe);
    pipe.send = (message, options) => {
      this.#sent(message);
      return send(message, options);
    };
    return () => {
      const { onmessage } = pipe;
      pipe.onmessage = (message, extra) => {
        const record = this.#callOf(message);
        this.#received(message, record ?? this.outside);
        // what arrives is delivered in the sender's context, which is that of any call
        this.#current.run(record, () => onmessage?.(message, extra));
      };
    };
  }

  onStep({ name, requestId }: StepRun): void {
    const { record, round } = this.#rounds.get(requestId) ?? { record: this.outside, round: 0 };
    record.stepRan(name, round);
  }

  onRelated(message: JSONRPCMessage, requestId: Id): void {
    this.#related.set(message, requestId);
  }

  #sent(message: JSONRPCMessage): void {
    this.wire.push({ from: 'client', message });
    const record = this.#current.getStore();
    if (record === undefined || !('method' in message) || !('id' in message)) return;
    record.rounds++;
    this.#rounds.set(message.id, { record, round: record.rounds });
  }

  #received(message: JSONRPCMessage, record: CallRecord): void {
    this.wire.push({ from: 'server', message });
    if (!('method' in message) || 'id' in message) return;
    const { method, params = {} } = message;
    // the SDK's client checks the same message when it gets it
    if (method === 'notifications/message') record.logs.push(params as unknown as ClientLog);
    else if (method === 'notifications/progress') record.progress.push(params as unknown as ProgressReport);
    else this.notifications.push({ method, params });
  }

  /** Answers name their request; what else the server sends for one was noted. */
  #callOf(message: JSONRPCMessage): CallRecord | undefined {
    const requestId = 'method' in message ? this.#related.get(message) : message.id;
    return requestId === undefined ? undefined : this.#rounds.get(requestId)?.record;
  }
}
