import type { Logger } from './logger.js';
import { isWinston, onOwnWinston } from './own-winston.js';
import { RedactingLogger } from './redacting-logger.js';
import { createWinstonLogger, type WinstonLoggerOptions } from './winston-logger.js';

/**
 * The one logger of a server: the user's own (winston or anything with `log`), else winston to stderr. Whichever it is,
 * secrets do not reach it.
 */
export function createLogger(own: Logger | undefined, options: WinstonLoggerOptions): Logger {
  if (own === undefined) return new RedactingLogger(createWinstonLogger(options));
  return new RedactingLogger(isWinston(own) ? onOwnWinston(own) : own);
}
