import type { Logger, LogLevel } from '@reprise/core';

export interface LogLine {
  level: LogLevel;
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

/** A logger that keeps its lines. */
export class RecordedLog implements Logger {
  readonly lines: LogLine[] = [];

  log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.lines.push({ level, message, fields });
  }

  /** Everything that was logged at a level, as text. */
  text(level: LogLevel): string {
    return this.lines
      .filter((line) => line.level === level)
      .map((line) => [line.message, ...Object.values(line.fields).map(String)].join(' '))
      .join('\n');
  }
}
