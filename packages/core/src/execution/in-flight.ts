import { RepriseError } from '../errors/index.js';

export interface RunningCall {
  /** Aborts with the client's signal, or when a stopping server has waited long enough. */
  readonly signal: AbortSignal;
  end(): void;
}

/** The calls that run now: a stopping server waits for them, then aborts them. */
export class InFlight {
  private readonly calls = new Set<AbortController>();
  private stopping = false;
  private whenIdle: (() => void) | undefined;

  /** Throws STOPPING once `drain` was called. */
  begin(client: AbortSignal): RunningCall {
    if (this.stopping) throw new RepriseError('STOPPING', 'The server is shutting down.');
    // one controller a call: AbortSignal.any would tie every call to one long-lived signal
    const controller = new AbortController();
    const onAbort = () => controller.abort(client.reason);
    if (client.aborted) onAbort();
    else client.addEventListener('abort', onAbort, { once: true });
    this.calls.add(controller);
    return {
      signal: controller.signal,
      end: () => {
        client.removeEventListener('abort', onAbort);
        this.calls.delete(controller);
        if (this.calls.size === 0) this.whenIdle?.();
      },
    };
  }

  /** Takes no new call, waits at most `graceMs` for the running ones, then aborts what is left. */
  async drain(graceMs: number): Promise<void> {
    this.stopping = true;
    if (this.calls.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.whenIdle = resolve;
      timer = setTimeout(resolve, graceMs);
    });
    clearTimeout(timer);
    for (const call of this.calls) call.abort(new RepriseError('STOPPING', 'The server is shutting down.'));
  }
}
