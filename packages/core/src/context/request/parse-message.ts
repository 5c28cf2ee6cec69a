/**
 * Deepest nesting of arrays and objects that is read. Whatever walks a value later does so by recursion and would
 * exhaust the stack on what a few kilobytes can hold; arguments of real tools stay below twenty.
 */
export const deepestNesting = 256;

/** A message that was read, or why it was not: a JSON-RPC code and words for the client. */
export type ParsedMessage =
  | { readonly value: unknown; readonly fault?: undefined }
  | { readonly fault: { readonly code: number; readonly message: string } };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the bytes of a message: JSON in UTF-8, nested at most 256 levels deep. Whether it is JSON-RPC is not looked at. */
export function parseMessage(bytes: Uint8Array): ParsedMessage {
  try {
    const text = utf8.decode(bytes);
    if (isDeeperThan(deepestNesting, text))
      return {
        fault: { code: -32600, message: `Invalid request: nested deeper than ${deepestNesting} levels` },
      };
    return { value: JSON.parse(text) };
  } catch {
    return { fault: { code: -32700, message: 'Parse error: not valid JSON' } };
  }
}

function isDeeperThan(limit: number, text: string): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === ']' || character === '}') depth -= 1;
    else if ((character === '[' || character === '{') && ++depth > limit) return true;
  }
  return false;
}

/** The place of the closing quote, or the end of a text that has none. */
function endOfString(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
