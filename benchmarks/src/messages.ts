import { booking } from './booking.js';

const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const clientInfo = { name: 'bench', version: '1.0.0' };

export const initialize = {
  headers,
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
  }),
};

/** What a client says once its session has begun. */
export const initialized = (sessionId: string) => ({
  headers: { ...headers, 'mcp-session-id': sessionId, 'mcp-protocol-version': '2025-11-25' },
  body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
});

const revision = '2026-07-28';
export const statelessCall = {
  headers: {
    ...headers,
    'mcp-protocol-version': revision,
    'mcp-method': 'tools/call',
    'mcp-name': 'book',
  },
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'book',
      arguments: booking,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': revision,
        'io.modelcontextprotocol/clientCapabilities': {},
        'io.modelcontextprotocol/clientInfo': clientInfo,
      },
    },
  }),
};
