import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import winston from 'winston';
import { logLevels } from '../../src/logging/index.js';
import { isWinston, onOwnWinston } from '../../src/logging/own-winston.js';

/** What each of our levels becomes: `level`, and `(severity)` where that says less. */
function mapped(levels: winston.config.AbstractConfigSetLevels): string {
  const lines: { level: string; severity?: string }[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => (lines.push(JSON.parse(String(chunk))), done()),
  });
  const verbose = Object.keys(levels).at(-1) ?? '';
  const target = winston.createLogger({
    levels,
    level: verbose,
    transports: [new winston.transports.Stream({ stream })],
  });
  expect(isWinston(target)).toBe(true);
  for (const level of logLevels) onOwnWinston(target).log(level, 'm');
  return lines.map(({ level, severity }) => (severity ? `${level}(${severity})` : level)).join(' ');
}

describe('levels', () => {
  test.each([
    [
      'npm',
      winston.config.npm.levels,
      'debug info info(notice) warn error error(critical) error(alert) error(emergency)',
    ],
    ['syslog', winston.config.syslog.levels, 'debug info notice warning error crit alert emerg'],
    [
      'of one’s own invention',
      { bad: 0, chatty: 1 },
      'chatty(debug) chatty(info) chatty(notice) bad(warning) bad(error) bad(critical) bad(alert) bad(emergency)',
    ],
  ])('%s', (_name, levels, expected) => expect(mapped(levels)).toBe(expected));
});

test('what a logger of other making is, is left alone', () => {
  expect(isWinston({ log: () => {} })).toBe(false);
});
