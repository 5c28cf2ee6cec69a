import type { ServerResponse } from 'node:http';

/** Most bytes that may wait for a client that does not take them; one message may be larger. */
export const maxUnread = 4 * 1024 * 1024;

/** Ends an answer of which the client takes nothing for so many milliseconds, though some of it waits. */
export function endUnread(res: ServerResponse, patience: number): void {
  // The timer of the socket begins anew with every byte that leaves, and with every write that is not queued.
  res.setTimeout(patience, () => {
    if (res.writableLength > 0) res.destroy();
  });
}
