import type { Meter } from '@opentelemetry/api';

export function noticeInstruments(meter: Meter) {
  const duration = meter.createHistogram('context.notifications.flush_duration_ms', {
    description: 'How long it took to tell all clients of the changes that one request made.',
    unit: 'ms',
  });
  const failures = meter.createCounter('context.notifications.flush_failures_total', {
    description: 'Flushes after which at least one client was not told.',
    unit: '{flush}',
  });
  return {
    flushed(ms: number, hasFailed: boolean): void {
      duration.record(ms);
      if (hasFailed) failures.add(1);
    },
  };
}
