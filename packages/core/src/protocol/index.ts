export { ChangeBus } from './change-bus.js';
export { createProtocolServer, type ProtocolParts } from './protocol-server.js';
export type { Session, SessionHooks } from './session-hooks.js';
export type { Host, ServerOrigin, Transport } from './transport.js';
