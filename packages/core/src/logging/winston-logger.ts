import type * as winston from 'winston';
import type { LogFields, Logger, LogLevel } from './logger.js';
import { logLevels } from './logger.js';

export interface WinstonLoggerOptions {
  level: LogLevel;
  /** `json` for machines, `pretty` for people. */
  format: 'json' | 'pretty';
}

type Winston = (typeof winston)['default'];
type Line = [level: LogLevel, message: string, fields: LogFields | undefined];

/** winston counts severities upwards from the most severe. */
const severities = Object.fromEntries([...logLevels].reverse().map((level, index) => [level, index]));

/**
 * Logs to stderr, whatever the level: stdout belongs to the protocol where the transport is stdio.
 * winston takes a good part of a cold start to load, so it is loaded for the first line; lines wait for it in order.
 */
export function createWinstonLogger(options: WinstonLoggerOptions): Logger {
  let waiting: Line[] | undefined;
  let ready: winston.Logger | undefined;
  const write = (to: winston.Logger, [level, message, fields]: Line) => void to.log(level, message, fields);
  const load = async () => {
    ready = build((await import('winston')).default, options);
    for (const line of waiting ?? []) write(ready, line);
    waiting = undefined;
  };
  return {
    log(level, message, fields) {
      const line: Line = [level, message, { ...fields, timestamp: new Date().toISOString() }];
      if (ready) return write(ready, line);
      if (waiting === undefined) {
        waiting = [];
        void load();
      }
      waiting.push(line);
    },
    isEnabled: (level) => severityOf(level) <= severityOf(options.level),
  };
}

function severityOf(level: LogLevel): number {
  return severities[level] ?? 0;
}

function build({ createLogger, format, transports }: Winston, options: WinstonLoggerOptions): winston.Logger {
  return createLogger({
    level: options.level,
    levels: severities,
    format: options.format === 'json' ? format.json() : format.printf(pretty),
    transports: [new transports.Console({ stderrLevels: [...logLevels] })],
  });
}

function pretty({ timestamp, level, message, ...fields }: winston.Logform.TransformableInfo): string {
  const time = String(timestamp).slice(11, 23);
  const { error, ...rest } = fields;
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${time} ${level.padEnd(7)} ${String(message)}${details}${error === undefined ? '' : `\n${String(error)}`}`;
}
