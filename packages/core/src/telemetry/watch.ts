import type { LogLevel } from '../logging/index.js';
import type { TraceIds } from './trace-ids.js';

/** What is known of a request when it arrives. */
export interface RequestTraits {
  readonly method: string;
  /** The tool, prompt, resource or template; undefined for lists, and for what does not exist. */
  readonly name: string | undefined;
  /** Of the resource, as it was asked for. */
  readonly uri: string | undefined;
  readonly era: 'legacy' | 'modern';
  readonly transport: string;
  readonly requestId: string | number;
  readonly sessionId: string | undefined;
  readonly protocolVersion: string;
  /** The `_meta` of the request, where the caller's trace travels. */
  readonly meta: Readonly<Record<string, unknown>>;
}

/** The little of an outcome that is measured. */
export interface MeasuredOutcome {
  readonly kind: 'result' | 'failure' | 'suspended';
  readonly result?: object;
  readonly failure?: { readonly code: number };
  readonly questions?: Readonly<Record<string, { readonly method: string }>>;
  readonly requestState?: string;
}

/** How the notices of one request went out. */
export interface MeasuredFlush {
  readonly queued: readonly { readonly kind: string }[];
  readonly durationMs: number;
  /** Why it failed; undefined if it did not. */
  readonly failure: unknown;
}

/** What an operator gets to see of one request beside its log. Nothing here throws of its own. */
export interface Watch {
  /** Whether anybody looks. */
  readonly isOn: boolean;
  /** Of the request; where nobody traces here, of its caller; undefined where nobody traces at all. */
  readonly trace: TraceIds | undefined;
  /** Runs the request: spans that libraries begin in it become its children. */
  run<T>(work: () => T): T;
  /** Runs a step that has not run before. */
  step<T>(name: string, work: () => T | Promise<T>): Promise<T>;
  /** Waits for the answer to a question: of a legacy client, or of a model that the server itself asks. */
  ask<T>(method: string, send: () => Promise<T>): Promise<T>;
  /** Modern: these came back, so long after they were asked for. */
  answered(answers: readonly unknown[], ms: number): void;
  logged(level: LogLevel, logger: string | undefined): void;
  flushed(flush: MeasuredFlush): void;
  /** What the request will have failed of, if it fails; the last one counts. */
  failed(thrown: unknown): void;
  end(outcome: MeasuredOutcome, round: () => number, isCancelled: boolean): void;
}
