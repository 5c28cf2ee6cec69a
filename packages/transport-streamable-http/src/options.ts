import { requirePositive, type EdgeOptions } from '@reprise/http-edge';
import { defaultLimits, type EventLogLimits } from './event-log.js';

export interface StreamableHttpOptions extends EdgeOptions {
  /** The one endpoint. Default `/mcp`. */
  path?: string;
  /** Legacy: milliseconds without use after which a session ends. Default 30 minutes. */
  sessionIdle?: number;
  /**
   * Legacy: milliseconds without use after which a session is put away as data, a third of its size, until its client is
   * heard of again; nobody notices. A session with a running call or an open stream stays. Default 5000; Infinity: never.
   */
  sessionRest?: number;
  /** Legacy: most sessions at once; a newcomer takes the place of the one idle longest. Default 10,000. */
  maxSessions?: number;
  /** Milliseconds between the comments that keep silent streams open. Default 15,000. */
  keepAlive?: number;
  /** Legacy: how much of what a session was sent is kept for clients that resume a stream; false for nothing. */
  resumption?: EventLogLimits | false;
  /** Legacy: milliseconds that clients are told to wait before they take up a stream that ended early. Default 1000. */
  reconnectDelay?: number;
}

/** Fills in the defaults of what is this transport's own. Throws INVALID_OPTION. */
export function checkOwnOptions(where: string, options: StreamableHttpOptions) {
  const { sessionIdle = 30 * 60_000, maxSessions = 10_000, keepAlive = 15_000 } = options;
  const { reconnectDelay = 1000, sessionRest = 5000 } = options;
  const resumption = options.resumption !== false && { ...defaultLimits, ...options.resumption };
  for (const [name, limit] of Object.entries(resumption || {}))
    requirePositive(where, `resumption.${name}`, limit);
  requirePositive(where, 'reconnectDelay', reconnectDelay);
  requirePositive(where, 'sessionIdle', sessionIdle);
  requirePositive(where, 'sessionRest', sessionRest);
  requirePositive(where, 'maxSessions', maxSessions);
  requirePositive(where, 'keepAlive', keepAlive);
  const path = options.path ?? '/mcp';
  return { path, sessionIdle, sessionRest, maxSessions, keepAlive, resumption, reconnectDelay };
}
