import type { CallToolResult, Tool } from '@modelcontextprotocol/server';
import type { Conversation } from '../../../replay/index.js';

/** The server's own tools, for a model to call. */
export interface OwnTools {
  /** Undefined for a tool that the caller may not call. Throws INVALID_OPTION for one that does not exist. */
  definition(name: string): Tool | undefined;
  /** Calls one as `ctx.callTool` does, inside a conversation of its own. */
  call(name: string, args: Record<string, unknown>, conversation: Conversation): Promise<CallToolResult>;
}
