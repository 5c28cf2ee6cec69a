import type * as winston from 'winston';
import type { Logger, LogLevel } from './logger.js';
import { logLevels } from './logger.js';

/** What the levels of the protocol are called elsewhere, best first: syslog's short names, then npm's. */
const otherNames: Readonly<Record<LogLevel, readonly string[]>> = {
  debug: ['verbose', 'silly', 'trace'],
  info: [],
  notice: ['info'],
  warning: ['warn'],
  error: [],
  critical: ['crit', 'fatal', 'error'],
  alert: ['crit', 'fatal', 'error'],
  emergency: ['emerg', 'fatal', 'crit', 'error'],
};

/** A user's own winston logger has levels of its own. */
export function isWinston(logger: Logger): logger is Logger & winston.Logger {
  return (
    'levels' in logger &&
    typeof logger.levels === 'object' &&
    'isLevelEnabled' in logger &&
    typeof logger.isLevelEnabled === 'function'
  );
}

/**
 * Writes to a winston logger under the nearest of its levels. Where that says less, the field `severity` holds the
 * level that was meant. Its transports, its format and its level stay the user's.
 */
export function onOwnWinston(target: winston.Logger): Logger {
  const names = Object.fromEntries(logLevels.map((level) => [level, nearest(level, target.levels)]));
  const nameOf = (level: LogLevel) => names[level] ?? level;
  return {
    log(level, message, fields) {
      const name = nameOf(level);
      const lost = !isSameLevel(level, name);
      target.log(name, message, { ...fields, ...(lost && { severity: level }) });
    },
    isEnabled: (level) => target.isLevelEnabled(nameOf(level)),
  };
}

function nearest(level: LogLevel, levels: winston.config.AbstractConfigSetLevels): string {
  const known = [level, ...otherNames[level]].find((name) => name in levels);
  if (known !== undefined) return known;
  // levels of somebody's own invention: the gravest, or the most verbose
  const byGravity = Object.keys(levels).sort((a, b) => (levels[a] ?? 0) - (levels[b] ?? 0));
  const isGrave = logLevels.indexOf(level) >= logLevels.indexOf('warning');
  return (isGrave ? byGravity[0] : byGravity.at(-1)) ?? level;
}

function isSameLevel(level: LogLevel, name: string): boolean {
  return name === level || (level === 'warning' && name === 'warn') || level.startsWith(name);
}
