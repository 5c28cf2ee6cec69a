import type { Json, StepInfo } from '../steps/step-types.js';

/** A request to the client as it goes over the wire. */
export interface WireRequest {
  method: string;
  params?: Record<string, unknown>;
}

export type Verdict<T> = { ok: true; value: T } | { ok: false; reason: string };

/** One question to the client, in terms both eras can carry. */
export interface Ask<T> {
  readonly kind: string;
  /** The user's own name for it. */
  readonly key?: string;
  /** For errors: what is asked, in a few words. */
  readonly describe: string;
  /** Milliseconds; used where the client is asked directly. */
  readonly timeout: number;
  /** Whether a valid answer that came with a new call counts before the question was asked. */
  readonly inAdvance?: boolean;
  /** The request; with a refusal, the question is put again and says why. */
  request(refusal?: string): WireRequest;
  /** Checks what came back. Must give the same verdict for the same answer. */
  check(answer: unknown): Promise<Verdict<T>>;
}

/**
 * How one call talks to its client. Legacy: directly. Modern: over rounds, played again from the start.
 * Handlers cannot tell the difference.
 */
export interface Conversation {
  ask<T>(ask: Ask<T>): Promise<T>;
  step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>>;
  /**
   * Does something of many parts once, which may ask: its value is remembered when it has ended, and takes the place of
   * what its parts left in the journal. What it throws is not remembered.
   */
  once<T>(name: string, run: (inner: Conversation) => Promise<T>): Promise<Json<T>>;
  /** True while nothing may be sent: the handler walks known ground, or its attempt is over. */
  readonly muted: boolean;
  /** The conversation of a nested call: its own names, the same rounds. */
  nested(fingerprint: string): Conversation;
}

/** How often an invalid answer is asked again before the call gets an error. */
export const maxRefusals = 3;
