/** The eight levels of the protocol (RFC 5424), most verbose first. */
export const logLevels = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const;

export type LogLevel = (typeof logLevels)[number];

export type LogFields = Readonly<Record<string, unknown>>;

/** Where the framework writes what the operator of the server should know. Never reaches a client. */
export interface Logger {
  log(level: LogLevel, message: string, fields?: LogFields): void;
  /** Whether lines of a level are written at all; those that are not are not even put together. Default: all are. */
  isEnabled?(level: LogLevel): boolean;
}

export function isLogLevel(text: string): text is LogLevel {
  return logLevels.some((level) => level === text);
}
