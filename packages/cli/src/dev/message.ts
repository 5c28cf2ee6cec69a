/** What the relay needs to know of a JSON-RPC message. */
export interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly result?: { readonly capabilities?: Readonly<Record<string, { readonly listChanged?: boolean }>> };
}

/** Undefined for what is no JSON object; that passes through unread. */
export function readMessage(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
