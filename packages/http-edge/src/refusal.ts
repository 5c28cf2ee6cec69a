import type { OutgoingHttpHeaders } from 'node:http';

/** JSON-RPC codes that the HTTP layer answers with. */
export const rpcCode = {
  parseError: -32700,
  invalidRequest: -32600,
  internalError: -32603,
  refused: -32000,
  sessionNotFound: -32001,
} as const;

/** Why a request is not served. Thrown by whatever handles it, answered by the edge as a JSON-RPC error. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly headers: OutgoingHttpHeaders = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
