import { RepriseError } from '@reprise/core/transport';
import { requirePositive, type EdgeOptions } from '@reprise/http-edge';

export interface SseOptions extends EdgeOptions {
  /** Where clients open the event stream. Default `/sse`. */
  path?: string;
  /** Where clients post; told to them on the stream. Default `/messages`. */
  messagesPath?: string;
  /** Milliseconds between the comments that keep silent streams open. Default 15,000. */
  keepAlive?: number;
  /** Most connections at once; a newcomer takes the place of the one idle longest. Default 10,000. */
  maxSessions?: number;
}

/** Fills in the defaults of what is this transport's own. Throws INVALID_OPTION. */
export function checkOwnOptions(where: string, options: SseOptions) {
  const { path = '/sse', messagesPath = '/messages', keepAlive = 15_000, maxSessions = 10_000 } = options;
  if (path === messagesPath)
    throw new RepriseError('INVALID_OPTION', `path and messagesPath are both ${path}.`, {
      where,
      fix: 'Give each its own path.',
    });
  requirePositive(where, 'keepAlive', keepAlive);
  requirePositive(where, 'maxSessions', maxSessions);
  return { path, messagesPath, keepAlive, maxSessions };
}
