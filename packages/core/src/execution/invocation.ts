import type { CatalogEntry } from '../catalog/index.js';
import type { Context } from '../context/index.js';
import type { Result } from './outcome.js';

/** One call of one entry: what runs when the conversation and its Context are there. */
export interface Invocation<R extends Result> {
  readonly method: 'tools/call' | 'prompts/get' | 'resources/read';
  /** Tool or prompt name, or URI: sealed state is bound to it. */
  readonly target: string;
  /** The arguments as they came; sealed state is bound to their digest. */
  readonly args: unknown;
  readonly entry: CatalogEntry;
  /** Validates, calls the handler, shapes what it returned. Played once a round. */
  run(context: Context): Promise<R>;
  /** How a refusal that the model may read is expressed; absent where the method has no such answer. */
  readonly refuse?: (message: string) => R;
}
