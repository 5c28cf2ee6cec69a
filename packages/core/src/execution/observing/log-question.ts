import type { Logger } from '../../logging/index.js';
import type { WireRequest } from '../../replay/index.js';

/** For whoever develops the server: what its client is asked. At debug, for a question may name people. */
export function logQuestion(log: Logger, { method, params }: WireRequest): void {
  if (log.isEnabled?.('debug') === false) return;
  const message = params?.['message'];
  log.log('debug', typeof message === 'string' ? `Asks: ${message}` : 'Asks', { request: method });
}
