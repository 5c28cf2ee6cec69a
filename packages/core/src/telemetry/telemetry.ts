import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { createInstruments } from './instruments/index.js';
import { hasSdk, loadOpenTelemetry, type OpenTelemetry } from './open-telemetry.js';
import { errorTypeOf, exceptionOf } from './span-attributes.js';
import { Unwatched } from './unwatched.js';
import type { RequestTraits, Watch } from './watch.js';
import { type Reporting, WatchedRequest } from './watched-request.js';

const scope = '@reprise/core';

/**
 * What one server reports through the OpenTelemetry API. Without an SDK in the process nothing is loaded and nothing is
 * paid. An SDK should be there before the server starts; one that comes later is found with the next request.
 */
export class Telemetry {
  private api: OpenTelemetry | undefined;
  private loading: Promise<unknown> | undefined;
  private reporting: (Reporting & { tracers: TracerProvider; meters: MeterProvider }) | undefined;

  /** Whether there is anybody to report to. */
  get isOn(): boolean {
    return hasSdk();
  }

  /** Begins to watch a request. What it is like is looked at only if there is somebody to report to. */
  begin(meta: RequestTraits['meta'], traits: () => Omit<RequestTraits, 'meta'>): Watch {
    if (!hasSdk()) return new Unwatched(meta);
    if (this.api) return new WatchedRequest(this.reportingTo(this.api), { ...traits(), meta });
    void this.load().catch(() => {}); // without the API there is nothing to report, and nobody to report that to
    return new Unwatched(meta);
  }

  /** The work of a start, as a span of its own. Rejects with what the work throws. */
  async building<T>(server: string, work: () => Promise<T>): Promise<T> {
    if (hasSdk()) await this.load();
    if (!this.api) return work();
    const { api, tracer } = this.reportingTo(this.api);
    return tracer.startActiveSpan(
      'build catalog',
      { attributes: { 'reprise.server': server } },
      async (span) => {
        try {
          return await work();
        } catch (thrown) {
          span.recordException(exceptionOf(thrown));
          span.setAttribute('error.type', errorTypeOf(thrown));
          span.setStatus({ code: api.SpanStatusCode.ERROR });
          throw thrown;
        } finally {
          span.end();
        }
      },
    );
  }

  private load(): Promise<unknown> {
    this.loading ??= loadOpenTelemetry().then((api) => (this.api = api));
    return this.loading;
  }

  /** Instruments belong to the provider they were made by, and an SDK may be replaced. */
  private reportingTo(api: OpenTelemetry): Reporting {
    const tracers = api.trace.getTracerProvider();
    const meters = api.metrics.getMeterProvider();
    if (this.reporting?.tracers !== tracers || this.reporting.meters !== meters)
      this.reporting = {
        api,
        tracers,
        meters,
        tracer: tracers.getTracer(scope),
        instruments: createInstruments(meters.getMeter(scope)),
      };
    return this.reporting;
  }
}
