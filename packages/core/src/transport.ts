/** For authors of transports. */
export { type Era, servePeer, type TransportName } from './context/index.js';
export { messageOf, RepriseError } from './errors/index.js';
export type { LogFields, Logger, LogLevel } from './logging/index.js';
export type { Host, ServerOrigin, Transport } from './protocol/transport.js';
