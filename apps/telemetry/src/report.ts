import type { Collected } from './collector.js';
import type { ArrivedSpan, Attributes } from './otlp.js';

/** What arrived, for people: the spans of each trace as a tree, then the metrics. */
export function report({ spans, points }: Collected): string {
  const traces = [...new Set(spans.map(({ traceId }) => traceId))].map((traceId) => {
    const members = spans.filter((span) => span.traceId === traceId);
    const ids = new Set(members.map(({ spanId }) => spanId));
    const roots = members.filter(({ parentId }) => parentId === undefined || !ids.has(parentId));
    return [`trace ${traceId}`, ...roots.flatMap((span) => tree(span, members, '  '))].join('\n');
  });
  const metrics = points.map(
    ({ name, attributes, count, sum }) =>
      `${name} ${list(attributes)}: ${count} times, ${Math.round(sum)} in all`,
  );
  return [...traces, ['metrics', ...metrics.map((line) => `  ${line}`)].join('\n')].join('\n\n');
}

function tree(span: ArrivedSpan, members: readonly ArrivedSpan[], indent: string): string[] {
  const { name, attributes, events, isError, spanId } = span;
  const outcome = attributes['reprise.outcome'] ?? attributes['mcp.elicit.action'] ?? '';
  const told = events.map((event) => `${indent}  * ${event.name} ${list(event.attributes)}`.trimEnd());
  const children = members.filter(({ parentId }) => parentId === spanId);
  return [
    `${indent}${name} ${outcome}${isError ? ' !' : ''}`.trimEnd(),
    ...told.filter((line) => !line.includes('* exception')),
    ...children.flatMap((child) => tree(child, members, `${indent}  `)),
  ];
}

function list(attributes: Attributes): string {
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? '' : `{${pairs.join(', ')}}`;
}
