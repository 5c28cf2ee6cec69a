import { RepriseError } from './reprise-error.js';

/**
 * Refuses a tool call with a message for the model: the client sees `isError: true` and exactly this text.
 * Subclasses of your own work the same. In prompts and resources it becomes a JSON-RPC error with the text.
 */
export class ToolError extends RepriseError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('TOOL_ERROR', message, options);
  }
}

/**
 * Answers the request with the JSON-RPC error of your choice, unchanged: code, message and data reach the client.
 * See https://www.jsonrpc.org/specification#error_object for the codes.
 */
export class ProtocolError extends RepriseError {
  constructor(
    readonly rpcCode: number,
    message: string,
    readonly data?: unknown,
  ) {
    super('PROTOCOL_ERROR', message);
  }
}
