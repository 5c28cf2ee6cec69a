const watched = { SIGINT: 130, SIGTERM: 143 } as const;
const stops = new Set<() => Promise<void>>();
let stopping = false;

/**
 * Runs `stop` on the first SIGTERM or SIGINT and exits when it and all others have ended; a second signal
 * exits at once. Returns the function that takes it back. One pair of listeners serves the whole process.
 */
export function stopOnSignals(stop: () => Promise<void>): () => void {
  if (stops.size === 0) for (const signal of signalNames()) process.on(signal, onSignal);
  stops.add(stop);
  return () => {
    stops.delete(stop);
    // While a signal is being obeyed the listeners stay, else the second one could not choose the exit code.
    if (stops.size === 0 && !stopping) for (const signal of signalNames()) process.off(signal, onSignal);
  };
}

function onSignal(signal: keyof typeof watched): void {
  if (stopping) process.exit(watched[signal]);
  stopping = true;
  void Promise.allSettled([...stops].map((stop) => stop())).then((ends) =>
    process.exit(ends.some((end) => end.status === 'rejected') ? 1 : 0),
  );
}

function signalNames(): (keyof typeof watched)[] {
  // Object.keys forgets the literal types of the keys it returns.
  return Object.keys(watched) as (keyof typeof watched)[];
}
