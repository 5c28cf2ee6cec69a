import type { Attributes, Meter } from '@opentelemetry/api';

/** What a request is counted under. Each value comes from a set that no client can enlarge. */
export interface RequestLabels {
  readonly method: string;
  /** The tool, prompt, resource or template; undefined for lists, and for what does not exist. */
  readonly name: string | undefined;
  readonly era: string;
}

export type RequestOutcome = 'ok' | 'tool_error' | 'error' | 'suspended' | 'cancelled';

export function requestInstruments(meter: Meter) {
  const duration = meter.createHistogram('mcp.request.duration_ms', {
    description: 'From the arrival of a request to its answer; each round of a modern call is one.',
    unit: 'ms',
  });
  const rounds = meter.createHistogram('mcp.rounds_per_call', {
    description: 'Rounds that a call took until it was answered; always 1 in the legacy era.',
    unit: '{round}',
    advice: { explicitBucketBoundaries: [1, 2, 3, 5, 8, 13, 21, 34] },
  });
  return {
    ended(labels: RequestLabels, outcome: RequestOutcome, ms: number, round: number): void {
      const attributes: Attributes = { method: labels.method, era: labels.era };
      if (labels.name !== undefined) attributes['name'] = labels.name;
      duration.record(ms, { ...attributes, outcome });
      if (outcome !== 'suspended') rounds.record(round, attributes);
    },
  };
}
