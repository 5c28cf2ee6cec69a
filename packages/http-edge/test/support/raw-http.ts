import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The JSON-RPC error in the body. */
  readonly error: { code: number; message: string } | undefined;
}

export interface RawRequest {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Uint8Array;
  agent?: Agent;
}

/** An HTTP request without the manners of fetch: any Host, any Origin, any body. Resolves with the whole answer. */
export function raw(
  url: string,
  { method = 'POST', headers = {}, body, agent }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, ...(agent && { agent }) };
    const req = request(url, options, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      res.once('end', () => {
        const json = /json/.test(res.headers['content-type'] ?? '') ? JSON.parse(text) : {};
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, error: json.error });
      });
      res.once('error', reject);
    });
    req.once('error', reject);
    req.end(body);
  });
}

/** Polls until the condition holds; throws after two seconds. */
export async function until(condition: () => boolean, what = String(condition)): Promise<void> {
  for (const end = Date.now() + 2000; !condition(); await new Promise((resolve) => setTimeout(resolve, 5)))
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
}

/** How many TCP sockets and servers of either side this process holds. */
export function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
}
