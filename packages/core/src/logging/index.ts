export { type Logger, type LogLevel, logLevels } from './logger.js';
export { createWinstonLogger, type WinstonLoggerOptions } from './winston-logger.js';
