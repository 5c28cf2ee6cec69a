import type { CallToolResult, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/server';
import type { WireRequest } from '../replay/index.js';

/** A JSON-RPC error as it will be sent. */
export interface RpcFailure {
  code: number;
  message: string;
  data?: unknown;
}

export type Result = CallToolResult | ReadResourceResult | GetPromptResult;

/** How a request ended. Plain data: it may be remembered and sent again. */
export type Outcome<R extends Result = Result> =
  | { kind: 'result'; result: R }
  | { kind: 'failure'; failure: RpcFailure }
  | { kind: 'suspended'; questions: Record<string, WireRequest>; requestState: string };

/** The JSON-RPC and MCP error codes that the framework sends of its own. */
export const rpcCodes = {
  invalidRequest: -32600,
  invalidParams: -32602,
  internalError: -32603,
  missingClientCapability: -32021,
  serverStopping: -32000,
} as const;
