import type * as winston from 'winston';
import type { Logger, LogLevel } from './logger.js';
import { logLevels } from './logger.js';

export interface WinstonLoggerOptions {
  level: LogLevel;
  /** `json` for machines, `pretty` for people. */
  format: 'json' | 'pretty';
}

type Winston = (typeof winston)['default'];
type Line = Parameters<Logger['log']>;

/** winston counts severities upwards from the most severe. */
const severities = Object.fromEntries([...logLevels].reverse().map((level, index) => [level, index]));

/**
 * Logs to stderr, whatever the level: stdout belongs to the protocol where the transport is stdio.
 * winston takes a good part of a cold start to load, so it is loaded for the first line; lines wait for it in order.
 */
export function createWinstonLogger(options: WinstonLoggerOptions): Logger {
  let waiting: Line[] | undefined;
  let ready: winston.Logger | undefined;
  const write = (to: winston.Logger, [level, message, fields]: Line) =>
    void to.log(level, message, redact(fields ?? {}));
  const load = async () => {
    ready = build((await import('winston')).default, options);
    for (const line of waiting ?? []) write(ready, line);
    waiting = undefined;
  };
  return {
    log(...line) {
      if (severityOf(line[0]) > severityOf(options.level)) return;
      if (ready) return write(ready, line);
      if (waiting === undefined) {
        waiting = [];
        void load();
      }
      waiting.push(line);
    },
  };
}

function severityOf(level: LogLevel): number {
  return severities[level] ?? 0;
}

function build({ createLogger, format, transports }: Winston, options: WinstonLoggerOptions): winston.Logger {
  const shape = options.format === 'json' ? format.json() : format.printf(pretty);
  return createLogger({
    level: options.level,
    levels: severities,
    format: format.combine(format.timestamp(), shape),
    transports: [new transports.Console({ stderrLevels: [...logLevels] })],
  });
}

function pretty({ timestamp, level, message, ...fields }: winston.Logform.TransformableInfo): string {
  const time = String(timestamp).slice(11, 23);
  const { error, ...rest } = fields;
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${time} ${level.padEnd(7)} ${String(message)}${details}${error === undefined ? '' : `\n${String(error)}`}`;
}

/** Deeper data is cut: what users log may be circular. */
const maxDepth = 8;
const secretName = /authorization|cookie|password|passwd|secret|token|api[-_]?key|requestState/i;

/** Values under names that sound like secrets never reach the log. */
function redact(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (depth > maxDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretName.test(name) ? '[redacted]' : redact(inner, depth + 1),
    ]),
  );
}
