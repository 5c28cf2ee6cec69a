import { loggable } from './loggable.js';
import type { LogFields, Logger, LogLevel } from './logger.js';
import { withoutSecrets } from './secrets.js';

/** Hands a logger only what it may see: enabled levels, no secrets, plain data. */
export class RedactingLogger implements Logger {
  constructor(private readonly inner: Logger) {}

  log(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (this.isEnabled(level)) this.inner.log(level, withoutSecrets(message), loggable(fields));
  }

  isEnabled(level: LogLevel): boolean {
    return this.inner.isEnabled?.(level) ?? true;
  }
}
