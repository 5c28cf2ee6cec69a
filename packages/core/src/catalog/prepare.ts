import type { Entries } from './entries/entries.js';
import type { Problems } from './problems.js';

/** Loads and compiles what the schemas need to check, so that the start pays for it and not the first call. */
export async function prepare({ tools, prompts }: Entries, problems: Problems): Promise<void> {
  const schemas = [
    ...[...tools.values()].flatMap(({ input, output }) => [input, output]),
    ...[...prompts.values()].map(({ input }) => input),
  ];
  await Promise.all(schemas.map((schema) => problems.attemptAsync(async () => schema?.prepare?.())));
}
