import { RepriseError } from '../errors/index.js';
import { isLogLevel, type LogLevel, logLevels } from '../logging/index.js';
import type { Environment } from './environment.js';
import type { McpServerOptions } from './options.js';

/** The option, else the environment, else `info`. Throws INVALID_OPTION. */
export function logLevelOf({ logLevel }: McpServerOptions, environment: Environment): LogLevel {
  if (logLevel !== undefined) return checked('logLevel', logLevel);
  return checked('REPRISE_LOG_LEVEL', environment.logLevel ?? 'info');
}

function checked(setting: string, value: string): LogLevel {
  if (isLogLevel(value)) return value;
  throw new RepriseError('INVALID_OPTION', `${setting} is "${value}".`, {
    fix: `Give one of ${logLevels.join(', ')}.`,
  });
}
