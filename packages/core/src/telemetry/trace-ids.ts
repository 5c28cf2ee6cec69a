/** Where a request stands in a trace: 32 and 16 hexadecimal digits. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** The W3C form: version, trace, parent span, flags. */
const traceparent = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(-|$)/;

/** The trace that the caller says the request belongs to; undefined if it says none, or nonsense. */
export function traceOfCaller(meta: Readonly<Record<string, unknown>>): TraceIds | undefined {
  const text = meta['traceparent'];
  const [, traceId, spanId] = (typeof text === 'string' && traceparent.exec(text)) || [];
  if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId };
}
