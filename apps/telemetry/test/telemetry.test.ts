import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { callers, type Era } from '../src/caller.js';
import type { Collected } from '../src/collector.js';
import type { ArrivedSpan } from '../src/otlp.js';
import { report } from '../src/report.js';

let collected: Collected;

/** The program as it was built: `npm test` builds first. */
beforeAll(() => {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, '--json'], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  collected = JSON.parse(stdout);
}, 60_000);

const traceOf = (era: Era) => collected.spans.filter(({ traceId }) => traceId === callers[era].traceId);
const below = (spans: readonly ArrivedSpan[], parent: ArrivedSpan) =>
  spans.filter(({ parentId }) => parentId === parent.spanId).map(({ name }) => name);
const pointsOf = (name: string) =>
  collected.points
    .filter((point) => point.name === name)
    .map(({ attributes, count, sum }) => ({ attributes, count, sum }));

describe.each(['legacy', 'modern'] as const)('what a %s client causes', (era) => {
  test('its requests are children of its own span', () => {
    const requests = traceOf(era).filter(({ name }) => name.startsWith('tools/call'));
    const round = 'tools/call book';
    expect(requests.map(({ name }) => name)).toEqual([
      ...(era === 'modern' ? [round, round, round] : [round]),
      'tools/call refuse',
    ]);
    for (const { parentId, attributes } of requests) {
      expect(parentId).toBe(callers[era].spanId);
      expect(attributes).toMatchObject({
        'mcp.method.name': 'tools/call',
        'mcp.era': era,
        'mcp.transport': 'streamable-http',
        'mcp.protocol.version': era === 'modern' ? '2026-07-28' : '2025-11-25',
      });
    }
    expect(requests[0]?.attributes['gen_ai.tool.name']).toBe('book');
  });

  test('what it makes the server do is below them', () => {
    const spans = traceOf(era);
    const rounds = spans.filter(({ name }) => name === 'tools/call book');
    const hold = ['step hold', 'elicitation/create'];
    const rest = ['sampling/createMessage', 'flush notices'];
    expect(rounds.map((span) => below(spans, span).sort())).toEqual(
      era === 'modern'
        ? [[...hold].sort(), ['sampling/createMessage'], ['flush notices']]
        : [[...hold, ...rest].sort()],
    );
    const step = spans.find(({ name }) => name === 'step hold');
    expect(step && below(spans, step)).toEqual(['POST /holds']);
    const flush = spans.find(({ name }) => name === 'flush notices');
    expect(flush?.events.map(({ name }) => name)).toEqual(['resource_updated']);
  });

  test('a refusal is recorded once', () => {
    const exceptions = traceOf(era).flatMap(({ name, events }) =>
      events.filter((event) => event.name === 'exception').map(({ attributes }) => [name, attributes]),
    );
    expect(exceptions).toMatchObject([['tools/call refuse', { 'exception.message': 'Sold out.' }]]);
    expect(traceOf(era).filter(({ isError }) => isError)).toHaveLength(1);
  });

  test('it is measured', () => {
    const labels = { method: 'tools/call', era, name: 'book' };
    const requests = pointsOf('mcp.request.duration_ms').filter(
      ({ attributes }) => attributes['era'] === era,
    );
    expect(requests).toMatchObject([
      ...(era === 'modern' ? [{ attributes: { ...labels, outcome: 'suspended' }, count: 2 }] : []),
      { attributes: { ...labels, outcome: 'ok' }, count: 1 },
      { attributes: { ...labels, name: 'refuse', outcome: 'tool_error' }, count: 1 },
    ]);
    expect(pointsOf('mcp.rounds_per_call')).toContainEqual({
      attributes: labels,
      count: 1,
      sum: era === 'modern' ? 3 : 1,
    });
  });
});

test('what both eras are measured by', () => {
  expect(pointsOf('mcp.elicit.latency_ms')).toMatchObject([{ attributes: { action: 'accept' }, count: 2 }]);
  expect(pointsOf('mcp.sampling.latency_ms')).toMatchObject([{ count: 2 }]);
  expect(pointsOf('context.notifications.flush_duration_ms')).toMatchObject([{ count: 2 }]);
  expect(pointsOf('context.state.size_bytes')).toMatchObject([{ count: 2 }]);
  expect(pointsOf('mcp.outbound.log_messages_total')).toEqual([
    { attributes: { level: 'info', logger: 'booking' }, count: 2, sum: 2 },
  ]);
});

test('the build of the catalog is a span, and the report shows the trees', () => {
  expect(collected.spans[0]).toMatchObject({
    name: 'build catalog',
    attributes: { 'reprise.server': 'ObservedDesk' },
  });
  const text = report(collected);
  expect(text).toContain(
    '  tools/call book ok\n    step hold\n      POST /holds\n    elicitation/create accept',
  );
  expect(text).toContain('  tools/call refuse tool_error !');
});
