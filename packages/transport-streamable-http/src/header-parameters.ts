import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderParameter } from '@reprise/core/transport';

/** A header that does not say what the body says, in words for the client. */
export interface Mismatch {
  readonly header: string;
  readonly body: string;
}

const decimal = /^-?\d+(\.\d+)?$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The first argument whose header is missing, cannot be decoded, or says something else. The SDK checks this for its own
 * McpServer only. A header without argument is nobody's business; an argument that is no primitive is refused later.
 */
export function findMismatch(
  parameters: readonly HeaderParameter[],
  args: unknown,
  headers: IncomingHttpHeaders,
): Mismatch | undefined {
  for (const { header, path, type } of parameters) {
    const value = valueAt(args, path);
    if (typeof value !== 'string' && typeof value !== 'boolean' && !Number.isSafeInteger(value)) continue;
    const sent = headers[header];
    const name = path.join('.');
    if (typeof sent !== 'string')
      return { header: '(missing)', body: `${name} is there, but ${header} is not` };
    const text = decoded(sent);
    if (text === undefined) return { header: sent, body: `${header} is not valid Base64 of UTF-8` };
    // 42.0 and 42 are one whole number.
    const isNumber = type === 'integer' && typeof value === 'number' && decimal.test(text);
    if (isNumber ? Number(text) !== value : text !== String(value))
      return { header: sent, body: `${header} says something else than ${name}` };
  }
  return undefined;
}

/** What a header says: the text itself, or what is between `=?base64?` and `?=`. Undefined when that is malformed. */
function decoded(value: string): string | undefined {
  const [, encoded] = /^=\?base64\?(.*)\?=$/.exec(value) ?? [];
  if (encoded === undefined) return value;
  if (!base64.test(encoded)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let at = root;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
