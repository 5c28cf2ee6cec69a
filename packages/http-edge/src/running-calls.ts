/** As much of a JSON-RPC message as is needed to know what runs. */
interface MessageShape {
  readonly id?: unknown;
  readonly method?: unknown;
}

/** The calls of one connection that have no answer yet. */
export class RunningCalls {
  readonly #ids = new Set<unknown>();

  get any(): boolean {
    return this.#ids.size > 0;
  }

  /** Takes note of what the client sent. */
  received(message: MessageShape): void {
    if (message.method !== undefined && message.id !== undefined) this.#ids.add(message.id);
    const cancelled = cancelledCall(message);
    if (cancelled !== undefined) this.#ids.delete(cancelled);
  }

  /** Takes note of what the server sent. */
  sent(message: MessageShape): void {
    if (message.method === undefined) this.#ids.delete(message.id);
  }
}

/** The id a `notifications/cancelled` names; undefined for every other message. A cancelled call gets no answer. */
export function cancelledCall(message: unknown): string | number | undefined {
  if (!isObject(message) || message['method'] !== 'notifications/cancelled') return undefined;
  const id = isObject(message['params']) ? message['params']['requestId'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

/** Whether a body holds a message that wants an answer: a method with an id. */
export function holdsRequest(body: unknown): boolean {
  if (Array.isArray(body)) return body.some(holdsRequest);
  return isObject(body) && body['method'] !== undefined && body['id'] !== undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
