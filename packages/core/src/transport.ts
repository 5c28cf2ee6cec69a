/** For authors of transports. */
export {
  type Era,
  principalOf,
  parseMessage,
  type ParsedMessage,
  servePeer,
  type StepRun,
  type TransportName,
} from './context/index.js';
export { messageOf, RepriseError } from './errors/index.js';
export type { LogFields, Logger, LogLevel } from './logging/index.js';
export type { HeaderParameter } from './schema/index.js';
export type { Host, HostSession, ServerOrigin, Transport } from './protocol/transport.js';
