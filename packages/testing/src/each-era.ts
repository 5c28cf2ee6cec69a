import { type Era, RepriseError } from '@reprise/core';
import type { ConnectOptions } from './client/connect-options.js';
import type { TestClient } from './client/test-client.js';
import { connect } from './connect.js';
import type { ServeOptions } from './server/serve.js';
import type { ServerSource } from './server/source.js';

/** `connect`, for clients of one era. */
export type ConnectInEra = (
  source: ServerSource,
  options?: Omit<ConnectOptions, 'era'> & ServeOptions,
) => Promise<TestClient>;

/** What groups tests: `describe` of jest, vitest or node:test. */
export type Describe = (name: string, suite: () => void) => unknown;

/**
 * Declares a suite once for each era, in a `describe` of its own. Give `describe` where it is no global.
 * Throws INVALID_OPTION when there is none.
 */
export function eachEra(suite: (connect: ConnectInEra, era: Era) => void, describe?: Describe): void {
  const group = describe ?? (globalThis as { describe?: Describe }).describe;
  if (group === undefined)
    throw new RepriseError('INVALID_OPTION', 'there is no global describe().', {
      where: 'eachEra',
      fix: 'Import describe from your test runner and give it: eachEra((connect) => { … }, describe).',
    });
  for (const era of ['legacy', 'modern'] as const)
    group(era, () => suite((source, options) => connect(source, { ...options, era }), era));
}
