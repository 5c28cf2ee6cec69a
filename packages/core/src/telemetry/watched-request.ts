import type { Span, SpanOptions, Tracer } from '@opentelemetry/api';
import type { LogLevel } from '../logging/index.js';
import { actionOf, isSampling } from './answers.js';
import type { Instruments, RequestOutcome } from './instruments/index.js';
import type { OpenTelemetry } from './open-telemetry.js';
import { RequestSpan } from './request-span.js';
import type { TraceIds } from './trace-ids.js';
import type { MeasuredFlush, MeasuredOutcome, RequestTraits, Watch } from './watch.js';

/** What a watched request reports to. */
export interface Reporting {
  readonly api: OpenTelemetry;
  readonly tracer: Tracer;
  readonly instruments: Instruments;
}

/** One request as a span with children, and as measurements. */
export class WatchedRequest implements Watch {
  readonly isOn = true;
  readonly trace: TraceIds | undefined;
  private readonly spans: RequestSpan;
  private readonly begin = performance.now();
  private thrown: { readonly what: unknown } | undefined;

  constructor(
    private readonly to: Reporting,
    private readonly traits: RequestTraits,
  ) {
    this.spans = new RequestSpan(to.api, to.tracer, traits);
    const ids = this.spans.span.spanContext();
    if (to.api.isSpanContextValid(ids)) this.trace = { traceId: ids.traceId, spanId: ids.spanId };
  }

  run<T>(work: () => T): T {
    return this.spans.run(work);
  }

  step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    return this.spans.child(`step ${name}`, { attributes: { 'reprise.step': name } }, async () => work());
  }

  async ask<T>(method: string, send: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    return this.spans.child(method, this.questionOptions(method), async (span) => {
      try {
        const answer = await send();
        this.measure(answer, performance.now() - begin, span);
        return answer;
      } catch (thrown) {
        if (method === 'elicitation/create')
          this.to.instruments.questions.elicited('failed', performance.now() - begin);
        throw thrown;
      }
    });
  }

  answered(answers: readonly unknown[], ms: number): void {
    for (const answer of answers) {
      const action = actionOf(answer);
      const attributes = { 'reprise.latency_ms': ms, ...(action && { 'mcp.elicit.action': action }) };
      this.spans.span.addEvent('answer', attributes);
      this.measure(answer, ms);
    }
  }

  logged(level: LogLevel, logger: string | undefined): void {
    this.to.instruments.outboundLogs.logged(level, logger);
  }

  flushed({ queued, durationMs, failure }: MeasuredFlush): void {
    this.to.instruments.notices.flushed(durationMs, failure !== undefined);
    const end = Date.now();
    const startTime = end - durationMs;
    const span = this.spans.startChild('flush notices', { startTime });
    for (const { kind } of queued) span.addEvent(kind, undefined, startTime);
    if (failure !== undefined) this.spans.mark(span, failure);
    span.end(end);
  }

  failed(thrown: unknown): void {
    this.thrown = { what: thrown };
  }

  end(outcome: MeasuredOutcome, roundOf: () => number, isCancelled: boolean): void {
    const { span } = this.spans;
    const how = isCancelled ? 'cancelled' : outcomeOf(outcome);
    const round = roundOf();
    this.to.instruments.requests.ended(this.traits, how, performance.now() - this.begin, round);
    span.setAttributes({ 'reprise.outcome': how, 'reprise.round': round });
    if (outcome.kind === 'suspended') this.suspended(outcome);
    if (how === 'error' || how === 'tool_error') this.spans.fail(failureOf(how, outcome), this.thrown);
    span.end();
  }

  /** A suspended call asks with its answer; how long that takes is known when the next round comes. */
  private suspended({ questions = {}, requestState = '' }: MeasuredOutcome): void {
    this.to.instruments.state.sealed(requestState.length);
    for (const { method } of Object.values(questions)) {
      const span = this.spans.startChild(method, this.questionOptions(method));
      span.setAttribute('reprise.suspended', true);
      span.end();
    }
  }

  private measure(answer: unknown, ms: number, span?: Span): void {
    const { questions } = this.to.instruments;
    const action = actionOf(answer);
    if (action) {
      span?.setAttribute('mcp.elicit.action', action);
      questions.elicited(action, ms);
    } else if (isSampling(answer)) questions.sampled(ms);
  }

  private questionOptions(method: string): SpanOptions {
    return { kind: this.to.api.SpanKind.CLIENT, attributes: { 'mcp.method.name': method } };
  }
}

function failureOf(how: string, { failure }: MeasuredOutcome) {
  return {
    'error.type': how,
    ...(failure && { 'rpc.response.status_code': String(failure.code) }),
  };
}

function outcomeOf({ kind, result }: MeasuredOutcome): RequestOutcome {
  if (kind === 'suspended') return 'suspended';
  if (kind === 'failure') return 'error';
  return result !== undefined && 'isError' in result && result.isError === true ? 'tool_error' : 'ok';
}
