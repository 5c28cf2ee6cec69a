import type { LogFields, Logger, LogLevel } from './logger.js';

/** Writes each line with fields that are put together when the first line is written, and not before. */
export class ChildLogger implements Logger {
  #known: LogFields | undefined;

  constructor(
    private readonly parent: Logger,
    private readonly fields: () => LogFields,
  ) {}

  log(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (!this.isEnabled(level)) return;
    this.#known ??= this.fields();
    this.parent.log(level, message, { ...this.#known, ...fields });
  }

  isEnabled(level: LogLevel): boolean {
    return this.parent.isEnabled?.(level) ?? true;
  }
}
