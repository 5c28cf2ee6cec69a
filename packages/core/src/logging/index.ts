export { ChildLogger } from './child-logger.js';
export { createLogger } from './create-logger.js';
export { isLogLevel, type LogFields, type Logger, type LogLevel, logLevels } from './logger.js';
export { withoutSecrets } from './secrets.js';
