export { InMemoryServerEventBus } from '@modelcontextprotocol/server';
export { createProtocolServer, type ProtocolParts } from './protocol-server.js';
export type { Host, ServerOrigin, Transport } from './transport.js';
