import type { Attributes, Context, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import type { OpenTelemetry } from './open-telemetry.js';
import { attributesOf, errorTypeOf, exceptionOf, spanNameOf } from './span-attributes.js';
import type { RequestTraits } from './watch.js';

/** The span of one request, and those of what happens in it. */
export class RequestSpan {
  readonly span: Span;
  private readonly context: Context;

  constructor(
    private readonly api: OpenTelemetry,
    private readonly tracer: Tracer,
    traits: RequestTraits,
  ) {
    const caller = api.propagation.extract(api.context.active(), textsOf(traits.meta));
    const kind = api.SpanKind.SERVER;
    this.span = tracer.startSpan(spanNameOf(traits), { kind, attributes: attributesOf(traits) }, caller);
    this.context = api.trace.setSpan(caller, this.span);
  }

  /** Spans that libraries begin in the work become children. */
  run<T>(work: () => T): T {
    return this.api.context.with(this.context, work);
  }

  startChild(name: string, options: SpanOptions): Span {
    return this.tracer.startSpan(name, options, this.here());
  }

  async child<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
    const here = this.here();
    const span = this.tracer.startSpan(name, options, here);
    try {
      return await this.api.context.with(this.api.trace.setSpan(here, span), () => work(span));
    } catch (thrown) {
      this.mark(span, thrown);
      throw thrown;
    } finally {
      span.end();
    }
  }

  /** Says that a child failed, and of what kind of error; the exception itself is the request's, if it fails of it. */
  mark(span: Span, thrown: unknown): void {
    span.setAttribute('error.type', errorTypeOf(thrown));
    span.setStatus({ code: this.api.SpanStatusCode.ERROR, message: exceptionOf(thrown).message });
  }

  /** Ends the request as failed. The only place that records an exception, so that one error is not counted twice. */
  fail(attributes: Attributes, thrown: { readonly what: unknown } | undefined): void {
    const exception = thrown && exceptionOf(thrown.what);
    if (exception) this.span.recordException(exception);
    this.span.setAttributes({ ...attributes, ...(thrown && { 'error.type': errorTypeOf(thrown.what) }) });
    this.span.setStatus({
      code: this.api.SpanStatusCode.ERROR,
      ...(exception && { message: exception.message }),
    });
  }

  /** Below the span that is active here, such as one that the handler began; an SDK may keep no account of that. */
  private here(): Context {
    const active = this.api.context.active();
    const own = this.span.spanContext().traceId;
    return this.api.trace.getSpanContext(active)?.traceId === own ? active : this.context;
  }
}

/** Propagators expect texts, and `_meta` may hold whatever a client likes. */
function textsOf(meta: RequestTraits['meta']): Record<string, string> {
  const entries = Object.entries(meta);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
