import type { Meter } from '@opentelemetry/api';

/** What became of a question to a user: MCP's actions, or `failed` where no answer came. */
export type ElicitAction = 'accept' | 'decline' | 'cancel' | 'failed';

export function questionInstruments(meter: Meter) {
  const elicit = meter.createHistogram('mcp.elicit.latency_ms', {
    description: 'From a question to the user to its answer; the time is the human being’s.',
    unit: 'ms',
    advice: { explicitBucketBoundaries: [100, 1_000, 5_000, 15_000, 60_000, 300_000, 1_800_000] },
  });
  const sampling = meter.createHistogram('mcp.sampling.latency_ms', {
    description: 'From a question to a model to its answer.',
    unit: 'ms',
    advice: { explicitBucketBoundaries: [100, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000] },
  });
  return {
    elicited: (action: ElicitAction, ms: number) => elicit.record(ms, { action }),
    sampled: (ms: number) => sampling.record(ms),
  };
}
