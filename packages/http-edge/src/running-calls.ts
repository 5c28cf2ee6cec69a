/** As much of a JSON-RPC message as is needed to know what runs. */
interface MessageShape {
  readonly id?: unknown;
  readonly method?: unknown;
}

/** The calls of one connection that have no answer yet. */
export class RunningCalls {
  /** Not there while no call runs: an idle session should weigh little. */
  #ids: Set<unknown> | undefined;

  get any(): boolean {
    return this.#ids !== undefined;
  }

  /** Takes note of what the client sent. */
  received(message: MessageShape): void {
    if (message.method !== undefined && message.id !== undefined) (this.#ids ??= new Set()).add(message.id);
    const cancelled = cancelledCall(message);
    if (cancelled !== undefined) this.#forget(cancelled);
  }

  /** Takes note of what the server sent. */
  sent(message: MessageShape): void {
    if (message.method === undefined) this.#forget(message.id);
  }

  #forget(id: unknown): void {
    this.#ids?.delete(id);
    if (this.#ids?.size === 0) this.#ids = undefined;
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
