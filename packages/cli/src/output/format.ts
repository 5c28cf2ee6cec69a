import type { Writable } from 'node:stream';

export type Format = 'text' | 'json';

/** Writes a result: raw as JSON, or as its text. */
export function writeResult(
  stdout: Writable,
  format: Format,
  result: { readonly raw: unknown; readonly text: () => string },
): void {
  stdout.write(`${format === 'json' ? JSON.stringify(result.raw, null, 2) : result.text()}\n`);
}
