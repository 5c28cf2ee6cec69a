import type { Logger } from '@reprise/core';

/** Collects what the operator should know; in your program this is pino, a file, or a collector's client. */
export function loggerTo(lines: string[]): Logger {
  return {
    log: (level, message, fields) => void lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
  };
}
