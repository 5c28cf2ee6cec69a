import type { Meter } from '@opentelemetry/api';

export function stateInstruments(meter: Meter) {
  const size = meter.createHistogram('context.state.size_bytes', {
    description: 'The sealed state of a suspended call, as it travels through its client.',
    unit: 'By',
    advice: { explicitBucketBoundaries: [256, 1_024, 4_096, 16_384, 65_536, 262_144] },
  });
  return { sealed: (bytes: number) => size.record(bytes) };
}
