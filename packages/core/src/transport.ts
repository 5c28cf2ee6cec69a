/** For authors of transports. */
export { type Era, principalOf, servePeer, type StepRun, type TransportName } from './context/index.js';
export { messageOf, RepriseError } from './errors/index.js';
export type { LogFields, Logger, LogLevel } from './logging/index.js';
export { parseMessage, type ParsedMessage } from './protocol/parse-message.js';
export type { HeaderParameter } from './schema/index.js';
export type { Host, ServerOrigin, Transport } from './protocol/transport.js';
