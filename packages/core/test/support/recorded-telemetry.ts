import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import {
  type Attributes,
  type Context,
  context,
  type ContextManager,
  createNoopMeter,
  type Meter,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanOptions,
  type TextMapPropagator,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';

export interface RecordedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentId: string | undefined;
  attributes: Attributes;
  events: { name: string; attributes: Attributes }[];
  status: number;
  hasEnded: boolean;
}

export interface Measurement {
  name: string;
  value: number;
  attributes: Attributes;
}

/** The least that an OpenTelemetry SDK is: it keeps what the API is told. apps/telemetry tests with the real one. */
export class RecordedTelemetry {
  readonly spans: RecordedSpan[] = [];
  readonly measurements: Measurement[] = [];

  install(): this {
    context.setGlobalContextManager(new Contexts());
    propagation.setGlobalPropagator(new TraceParents());
    trace.setGlobalTracerProvider({ getTracer: () => this.tracer() });
    metrics.setGlobalMeterProvider({ getMeter: () => this.meter() });
    return this;
  }

  uninstall(): void {
    for (const api of [context, propagation, trace, metrics]) api.disable();
  }

  span(name: string): RecordedSpan {
    const found = this.spans.filter((span) => span.name === name);
    if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}: ${this.names()}`);
    return found[0]!;
  }

  childrenOf({ spanId }: RecordedSpan): string[] {
    return this.spans.filter(({ parentId }) => parentId === spanId).map(({ name }) => name);
  }

  measured(name: string): Measurement[] {
    return this.measurements.filter((measurement) => measurement.name === name);
  }

  private names(): string {
    return this.spans.map(({ name }) => name).join(', ');
  }

  private tracer(): Tracer {
    const startSpan = (name: string, options: SpanOptions = {}, below: Context = context.active()): Span => {
      const parent = trace.getSpanContext(below);
      const span: RecordedSpan = {
        name,
        kind: options.kind ?? 0,
        traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
        spanId: randomBytes(8).toString('hex'),
        parentId: parent?.spanId,
        attributes: defined(options.attributes),
        events: [],
        status: 0,
        hasEnded: false,
      };
      this.spans.push(span);
      return spanApi(span);
    };
    const startActiveSpan = (name: string, options: SpanOptions, work: (span: Span) => unknown) => {
      const span = startSpan(name, options);
      return context.with(trace.setSpan(context.active(), span), () => work(span));
    };
    return { startSpan, startActiveSpan: startActiveSpan as Tracer['startActiveSpan'] };
  }

  private meter(): Meter {
    const record =
      (name: string) =>
      (value: number, attributes: Attributes = {}) =>
        void this.measurements.push({ name, value, attributes });
    return Object.assign(createNoopMeter(), {
      createHistogram: (name: string) => ({ record: record(name) }),
      createCounter: (name: string) => ({ add: record(name) }),
    });
  }
}

function spanApi(span: RecordedSpan): Span {
  const api: Span = {
    spanContext: () => ({ traceId: span.traceId, spanId: span.spanId, traceFlags: TraceFlags.SAMPLED }),
    setAttribute: (name, value) => api.setAttributes({ [name]: value }),
    setAttributes: (attributes) => {
      Object.assign(span.attributes, defined(attributes));
      return api;
    },
    addEvent: (name, attributes) => {
      span.events.push({
        name,
        attributes: typeof attributes === 'object' ? (attributes as Attributes) : {},
      });
      return api;
    },
    recordException: (exception) => void api.addEvent('exception', exception as unknown as Attributes), // an object of texts
    setStatus: ({ code }) => {
      span.status = code;
      return api;
    },
    updateName: () => api,
    addLink: () => api,
    addLinks: () => api,
    end: () => void (span.hasEnded = true),
    isRecording: () => true,
  };
  return api;
}

function defined(attributes: Attributes = {}): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

class Contexts implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  with: ContextManager['with'] = (below, work, self, ...args) =>
    this.storage.run(below, () => work.apply(self as never, args));

  bind<T>(_context: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.storage.disable();
    return this;
  }
}

class TraceParents implements TextMapPropagator<Record<string, string>> {
  inject(): void {}

  extract(below: Context, carrier: Record<string, string>): Context {
    // as a real one, it takes what is there for text
    const [, traceId, spanId] = carrier['traceparent']?.split('-') ?? [];
    if (!traceId || !spanId) return below;
    const parent: SpanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
    return trace.setSpanContext(below, parent);
  }

  fields(): string[] {
    return ['traceparent'];
  }
}
