import winston from 'winston';
import type { Logger, LogLevel } from './logger.js';
import { logLevels } from './logger.js';

export interface WinstonLoggerOptions {
  level: LogLevel;
  /** `json` for machines, `pretty` for people. */
  format: 'json' | 'pretty';
}

/** winston counts severities upwards from the most severe. */
const severities = Object.fromEntries([...logLevels].reverse().map((level, index) => [level, index]));

/** Logs to stderr, whatever the level: stdout belongs to the protocol where the transport is stdio. */
export function createWinstonLogger({ level, format }: WinstonLoggerOptions): Logger {
  const logger = winston.createLogger({
    level,
    levels: severities,
    format: winston.format.combine(
      winston.format.timestamp(),
      format === 'json' ? winston.format.json() : pretty,
    ),
    transports: [new winston.transports.Console({ stderrLevels: [...logLevels] })],
  });
  return {
    log: (at, message, fields) => void logger.log(at, message, redact(fields ?? {})),
  };
}

const pretty = winston.format.printf(({ timestamp, level, message, ...fields }) => {
  const time = String(timestamp).slice(11, 23);
  const { error, ...rest } = fields;
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${time} ${level.padEnd(7)} ${String(message)}${details}${error === undefined ? '' : `\n${String(error)}`}`;
});

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
