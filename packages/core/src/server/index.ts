export { McpServer } from './mcp-server.js';
export type { McpServerOptions, StateOptions } from './options.js';
