import type { OutgoingHttpHeaders } from 'node:http';

/** JSON-RPC codes that the HTTP layer answers with. */
export const rpcCode = {
  parseError: -32700,
  invalidRequest: -32600,
  internalError: -32603,
  refused: -32000,
  sessionNotFound: -32001,
  headerMismatch: -32020,
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

  #id: string | number | null = null;
  #data: unknown;

  /** The id of the request that is refused; null where none was read. */
  get id(): string | number | null {
    return this.#id;
  }

  get data(): unknown {
    return this.#data;
  }

  /** Tells the client which of its requests is refused, and more about the reason. */
  of(message: unknown, data?: unknown): this {
    this.#id = idOf(message);
    this.#data = data;
    return this;
  }
}

function idOf(message: unknown): string | number | null {
  if (typeof message !== 'object' || message === null || !('method' in message) || !('id' in message))
    return null;
  return typeof message.id === 'string' || typeof message.id === 'number' ? message.id : null;
}
