import { types } from 'node:util';

/** `instanceof Error` fails for errors of another realm (vm contexts, test runners); this does not. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return isError(thrown) ? thrown.message : String(thrown);
}
