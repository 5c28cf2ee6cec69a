import { type TraceIds, traceOfCaller } from './trace-ids.js';
import type { RequestTraits, Watch } from './watch.js';

/** Where no SDK is installed: only the caller's trace is known, for the log. */
export class Unwatched implements Watch {
  readonly isOn = false;

  constructor(private readonly meta: RequestTraits['meta']) {}

  get trace(): TraceIds | undefined {
    return traceOfCaller(this.meta);
  }

  run<T>(work: () => T): T {
    return work();
  }

  async step<T>(_name: string, work: () => T | Promise<T>): Promise<T> {
    return work();
  }

  ask<T>(_method: string, send: () => Promise<T>): Promise<T> {
    return send();
  }

  answered(): void {}
  logged(): void {}
  flushed(): void {}
  failed(): void {}
  end(): void {}
}
