import { type Logger, RepriseError, type StartUpError } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import { Library } from './transports.js';

// #region logger
/** Collects what the operator should know; in your program this is pino, a file, or a collector's client. */
export function loggerTo(lines: string[]): Logger {
  return {
    log: (level, message, fields) => void lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
  };
}
// #endregion logger

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

// #region report
export async function startOrExplain(transport: Transport): Promise<string> {
  try {
    await new Library().start(transport);
    return `listening on ${transport.address}`;
  } catch (error) {
    if (error instanceof RepriseError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
// #endregion report

// #region problems
export function explain({ problems }: StartUpError): string[] {
  return problems.map(({ code, where, fix }) => `${code} at ${where}. ${fix}`);
}
// #endregion problems
