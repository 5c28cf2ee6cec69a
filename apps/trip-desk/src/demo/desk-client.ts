/** The clients that are out there: the SDK's first generation, and what its second can be told to speak. */
export type ClientKind = 'v1' | 'v2 legacy' | 'v2 auto' | 'v2 pinned 2026-07-28';

export interface Called {
  readonly text: string;
  readonly isError: boolean;
}

/** What the demo and the tests do with a client, whatever SDK it is made of. */
export interface DeskClient {
  readonly era: 'legacy' | 'modern';
  /** How many `tools/call` requests went over the wire so far. */
  readonly toolCalls: number;
  call(tool: string, args: Record<string, unknown>): Promise<Called>;
  tools(): Promise<string[]>;
  read(uri: string): Promise<string>;
  prompt(name: string, args: Record<string, string>): Promise<string>;
  /** Values for the argument of a prompt, or for the variable of a URI template. */
  complete(of: { prompt: string } | { uri: string }, argument: string, typed: string): Promise<string[]>;
  close(): Promise<void>;
}

/** How a completion names what it is for. */
export function referenceTo(of: { prompt: string } | { uri: string }) {
  return 'prompt' in of
    ? { type: 'ref/prompt' as const, name: of.prompt }
    : { type: 'ref/resource' as const, uri: of.uri };
}

/** All text in a list of blocks. */
export function textIn(blocks: readonly { type: string; text?: unknown }[]): string {
  return blocks.map((block) => (typeof block.text === 'string' ? block.text : `<${block.type}>`)).join('');
}

/** Counts the `tools/call` requests that leave through a transport. */
export function countToolCalls<M, R extends unknown[]>(transport: {
  send(message: M, ...rest: R): Promise<void>;
}): () => number {
  let count = 0;
  const send = transport.send.bind(transport);
  transport.send = (message, ...rest) => {
    const method: unknown =
      typeof message === 'object' && message !== null && 'method' in message && message.method;
    if (method === 'tools/call') count++;
    return send(message, ...rest);
  };
  return () => count;
}
