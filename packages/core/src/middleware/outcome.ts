import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ListToolsResult,
  ReadResourceResult,
} from '@modelcontextprotocol/server';
import type { WireRequest } from '../replay/index.js';

/** What a request is answered with when it succeeds, by its method. */
export interface Results {
  'tools/call': CallToolResult;
  'prompts/get': GetPromptResult;
  'resources/read': ReadResourceResult;
  'completion/complete': CompleteResult;
  'tools/list': ListToolsResult;
  'prompts/list': ListPromptsResult;
  'resources/list': ListResourcesResult;
  'resources/templates/list': ListResourceTemplatesResult;
}

export type Method = keyof Results;
export type Result = Results[Method];

/** A JSON-RPC error as it will be sent. */
export interface RpcFailure {
  code: number;
  message: string;
  data?: unknown;
}

/** The call waits for its client. In a nested call both parts are empty: its questions belong to the outer call. */
export interface Suspension {
  kind: 'suspended';
  questions: Record<string, WireRequest>;
  requestState: string;
}

/**
 * How a request ended. Plain data: it may be remembered and sent again.
 * A tool that refused is a `result` with `isError: true`; `failure` is a JSON-RPC error.
 */
export type Outcome<R extends Result = Result> =
  { kind: 'result'; result: R } | { kind: 'failure'; failure: RpcFailure } | Suspension;

/** The JSON-RPC and MCP error codes that the framework sends of its own. */
export const rpcCodes = {
  invalidRequest: -32600,
  invalidParams: -32602,
  internalError: -32603,
  missingClientCapability: -32021,
  serverStopping: -32000,
  rateLimited: -32005,
  insufficientScope: -32006,
} as const;
