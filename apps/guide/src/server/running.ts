import type { Logger } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import { Library } from './transports.js';

// #region options
export function quietLibrary(logger: Logger): Library {
  return new Library({ logger, stopGrace: 2_000, version: '1.0.1' });
}
// #endregion options

// #region lifecycle
export async function serveFor(transport: Transport, work: () => Promise<void>): Promise<void> {
  const library = await new Library().start(transport);
  try {
    await work();
  } finally {
    await library.stop();
  }
}
// #endregion lifecycle
