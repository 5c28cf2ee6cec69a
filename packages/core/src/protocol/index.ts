export { ChangeBus } from './change-bus.js';
export { type ProtocolParts, protocolServers } from './protocol-server.js';
export { requiredScopes } from './required-scopes.js';
export type { Session, SessionHooks } from './session-hooks.js';
export type { Host, HostSession, ServerOrigin, Transport } from './transport.js';
