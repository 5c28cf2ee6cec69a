export type {
  ComponentDescription,
  DescriptionWarning,
  PromptDescription,
  ResourceDescription,
  RuntimeRule,
  ServerDescription,
  ToolDescription,
} from './description.js';
export { McpServer } from './mcp-server.js';
export type { McpServerOptions, StateOptions } from './options.js';
