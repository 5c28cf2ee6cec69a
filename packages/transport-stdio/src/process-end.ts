import { messageOf, type Host } from '@reprise/core/transport';

const signals = ['SIGTERM', 'SIGINT'] as const;
const numbers = { SIGTERM: 15, SIGINT: 2 };

/** How long the process may take to end by itself after its input ended, before it is ended. In milliseconds. */
const lingerLimit = 1000;

/** The first SIGTERM or SIGINT stops the server and exits with 0; a second one exits at once. Returns the way to undo it. */
export function stopOnSignals(host: Host): () => void {
  let stopping = false;
  const onSignal = (signal: (typeof signals)[number]): void => {
    if (stopping) process.exit(128 + numbers[signal]);
    stopping = true;
    host.stop().then(
      () => process.exit(0),
      (cause: unknown) => {
        host.log.log('error', 'The server did not stop cleanly', { signal, cause: messageOf(cause) });
        process.exit(1);
      },
    );
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

/**
 * Ends a process that has lost its client. It ends by itself once nothing is open;
 * a pool or timer that somebody forgot would otherwise leave an orphan behind for every client that went away.
 */
export function endSoon(): void {
  setTimeout(() => process.exit(), lingerLimit).unref();
}
