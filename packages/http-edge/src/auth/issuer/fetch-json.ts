import { AuthorityUnavailable } from '../auth-info.js';

/** Milliseconds for a whole answer, and most bytes of one: nobody's metadata or keys need more. */
const patience = 5_000;
const largest = 512 * 1024;

/** The JSON object an authorization server answers with, or the status when that is not 200. Never follows a redirect. */
export async function fetchJson(
  url: string,
  init: { method?: 'POST'; headers?: Record<string, string>; body?: URLSearchParams } = {},
): Promise<{ status: number; body?: Record<string, unknown> }> {
  const signal = AbortSignal.timeout(patience);
  const headers = { accept: 'application/json', ...init.headers };
  try {
    const response = await fetch(url, { ...init, headers, redirect: 'manual', signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { status: response.status };
    }
    return { status: 200, body: asObject(url, JSON.parse(await readText(response))) };
  } catch (cause) {
    if (cause instanceof AuthorityUnavailable) throw cause;
    const reason = signal.aborted
      ? `no answer within ${patience} ms`
      : 'it cannot be reached, or its answer is no JSON';
    throw new AuthorityUnavailable(`${url}: ${reason}`, { cause });
  }
}

/** Counts what arrives: a Content-Length may be absent or wrong. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largest)
      throw new AuthorityUnavailable(`${response.url}: the answer is larger than ${largest} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function asObject(url: string, value: unknown): Record<string, unknown> {
  // an object that came out of JSON.parse is one with string keys
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new AuthorityUnavailable(`${url}: the answer is not a JSON object`);
}
