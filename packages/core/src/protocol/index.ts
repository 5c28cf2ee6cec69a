export { ChangeBus } from './change-bus.js';
export { createProtocolServer, type ProtocolParts } from './protocol-server.js';
export { requiredScopes } from './required-scopes.js';
export type { Session, SessionHooks } from './session-hooks.js';
export type { Host, ServerOrigin, Transport } from './transport.js';
