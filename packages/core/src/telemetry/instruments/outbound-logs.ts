import type { Meter } from '@opentelemetry/api';

export function outboundLogInstruments(meter: Meter) {
  const messages = meter.createCounter('mcp.outbound.log_messages_total', {
    description: 'Log messages that handlers wrote for their clients, wanted or not.',
    unit: '{message}',
  });
  return {
    logged: (level: string, logger: string | undefined) =>
      messages.add(1, { level, ...(logger !== undefined && { logger }) }),
  };
}
