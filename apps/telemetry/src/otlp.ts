/** As much of OTLP/JSON as is looked at here; see https://opentelemetry.io/docs/specs/otlp/. */
export interface TracesBody {
  resourceSpans?: { scopeSpans?: { spans?: OtlpSpan[] }[] }[];
}

export interface MetricsBody {
  resourceMetrics?: { scopeMetrics?: { metrics?: OtlpMetric[] }[] }[];
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes?: OtlpAttribute[];
  events?: { name: string; attributes?: OtlpAttribute[] }[];
  status?: { code?: number };
}

interface OtlpMetric {
  name: string;
  sum?: { dataPoints: OtlpPoint[] };
  histogram?: { dataPoints: OtlpPoint[] };
}

interface OtlpPoint {
  attributes?: OtlpAttribute[];
  /** Of histograms; 64 bit numbers may come as texts. */
  count?: string | number;
  sum?: number;
  /** Of counters. */
  asInt?: string | number;
  asDouble?: number;
}

interface OtlpAttribute {
  key: string;
  value: { stringValue?: string; intValue?: string | number; doubleValue?: number; boolValue?: boolean };
}

export type Attributes = Record<string, string | number | boolean>;

export interface ArrivedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentId: string | undefined;
  attributes: Attributes;
  events: { name: string; attributes: Attributes }[];
  isError: boolean;
}

/** One line of a metric: how often, and how much altogether. */
export interface ArrivedPoint {
  name: string;
  attributes: Attributes;
  count: number;
  sum: number;
}

export function spansIn({ resourceSpans = [] }: TracesBody): ArrivedSpan[] {
  return resourceSpans
    .flatMap(({ scopeSpans = [] }) => scopeSpans)
    .flatMap(({ spans = [] }) => spans)
    .map(({ name, traceId, spanId, parentSpanId, attributes, events = [], status }) => ({
      name,
      traceId,
      spanId,
      parentId: parentSpanId || undefined,
      attributes: plain(attributes),
      events: events.map((event) => ({ name: event.name, attributes: plain(event.attributes) })),
      isError: status?.code === 2,
    }));
}

export function pointsIn({ resourceMetrics = [] }: MetricsBody): ArrivedPoint[] {
  return resourceMetrics
    .flatMap(({ scopeMetrics = [] }) => scopeMetrics)
    .flatMap(({ metrics = [] }) => metrics)
    .flatMap(
      ({ name, sum, histogram }) =>
        (histogram ?? sum)?.dataPoints.map((point) => ({ name, ...amountOf(point) })) ?? [],
    );
}

function amountOf({ attributes, count, sum, asInt, asDouble }: OtlpPoint) {
  const counted = Number(asInt ?? asDouble ?? 0);
  return { attributes: plain(attributes), count: Number(count ?? counted), sum: sum ?? counted };
}

function plain(attributes: OtlpAttribute[] = []): Attributes {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue, boolValue } }) => [
      key,
      stringValue ?? boolValue ?? Number(intValue ?? doubleValue),
    ]),
  );
}
