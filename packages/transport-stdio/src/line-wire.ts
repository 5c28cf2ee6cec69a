import type { Readable, Writable } from 'node:stream';
import { parseMessage, RepriseError } from '@reprise/core/transport';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { LineReader } from './line-reader.js';

export interface LineWireParts {
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Longest line in bytes. */
  readonly lineLimit: number;
  /** The SDK's check; throws for what is no JSON-RPC message. */
  readonly requireMessage: (value: unknown) => JSONRPCMessage;
}

/**
 * One message a line, both ways. Beside the SDK's own wire it answers a line that is no message, so that its sender does
 * not wait in vain, and outlives a line that is too long. An id is said only where there is one: a null would make the
 * answer invalid for the SDK's clients.
 */
export class LineWire implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;

  readonly #parts: LineWireParts;
  readonly #reader: LineReader;
  #isClosed = false;

  constructor(parts: LineWireParts) {
    this.#parts = parts;
    const tooLong = `Invalid request: the line is longer than ${parts.lineLimit} bytes`;
    this.#reader = new LineReader(parts.lineLimit, {
      line: (bytes) => this.#read(bytes),
      tooLong: () => this.#refuse(-32600, tooLong),
    });
  }

  async start(): Promise<void> {
    const { stdin, stdout } = this.#parts;
    stdout.on('error', this.#onStdoutError);
    stdin.on('error', this.#onStdinError).on('end', this.#onEnd).on('close', this.#onEnd);
    if (stdin.readableEnded || stdin.destroyed) setImmediate(this.#onEnd);
    else stdin.on('data', this.#onData);
  }

  /** Resolves when the reader has room for more. */
  async send(message: object): Promise<void> {
    if (this.#isClosed) throw gone();
    const { stdout } = this.#parts;
    await new Promise<void>((resolve, reject) => {
      stdout.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { stdin } = this.#parts;
    stdin.off('data', this.#onData).off('error', this.#onStdinError);
    stdin.off('end', this.#onEnd).off('close', this.#onEnd);
    // The listener of stdout stays: what is still being written may fail, and nobody else would catch that.
    if (stdin.listenerCount('data') === 0) stdin.pause();
    this.#reader.clear();
    this.onclose?.();
  }

  #read(bytes: Uint8Array): void {
    const parsed = parseMessage(bytes);
    if (parsed.fault !== undefined) return this.#refuse(parsed.fault.code, parsed.fault.message);
    let message: JSONRPCMessage;
    try {
      message = this.#parts.requireMessage(parsed.value);
    } catch {
      return this.#refuse(-32600, 'Invalid request: not a JSON-RPC message', parsed.value);
    }
    this.onmessage?.(message);
  }

  #refuse(code: number, message: string, about?: unknown): void {
    this.onerror?.(new Error(message));
    const id = idOf(about);
    // Whoever answers does not expect an answer.
    if (id === undefined && isResponse(about)) return;
    this.send({ jsonrpc: '2.0', ...(id !== undefined && { id }), error: { code, message } }).catch(() => {});
  }

  readonly #onData = (chunk: Buffer | string): void => {
    this.#reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  };
  readonly #onEnd = (): void => void this.close();
  readonly #onStdinError = (error: Error): void => this.onerror?.(error);
  readonly #onStdoutError = (error: Error): void => {
    if (this.#isClosed) return;
    this.onerror?.(error);
    void this.close();
  };
}

/** The id of what was meant as a request. */
function idOf(value: unknown): string | number | undefined {
  if (typeof value !== 'object' || value === null || !('method' in value) || !('id' in value))
    return undefined;
  const isId = typeof value.id === 'string' || Number.isSafeInteger(value.id);
  return isId ? (value.id as string | number) : undefined;
}

function isResponse(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('result' in value || 'error' in value);
}

function gone(): RepriseError {
  return new RepriseError('NOT_RUNNING', 'the client has closed the connection.', {
    where: 'stdio()',
    fix: 'Stop the work for it: ctx.signal is aborted.',
  });
}
