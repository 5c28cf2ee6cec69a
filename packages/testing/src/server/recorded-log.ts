import type { LogFields, Logger, LogLevel } from '@reprise/core';

/** One line of a server's own log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that keeps its lines and prints nothing. */
export class RecordedLog implements Logger {
  readonly lines: LogLine[] = [];

  log(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.lines.push({ level, message, fields });
  }

  /** Everything that was logged at a level, as text: a line each, its fields behind the message. */
  text(level: LogLevel): string {
    return this.lines
      .filter((line) => line.level === level)
      .map((line) => [line.message, ...Object.values(line.fields).map(String)].join(' '))
      .join('\n');
  }
}
