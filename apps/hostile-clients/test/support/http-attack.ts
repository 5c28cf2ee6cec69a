import { Agent, request } from 'node:http';
import type { Input } from './inputs.js';
import { internals, requireProper, type Victim } from './victim.js';
import { both, initialize, modern, revision, send } from './wire.js';

/** How long an answer that streams is listened to, in milliseconds. */
const patience = 60;
/** How long an answer may take to begin, in milliseconds, on a busy machine too. */
const deadline = 10_000;

/** Attacks one URL over a few sockets that are kept open, and over fresh ones where the bytes are no HTTP. */
export class HttpAttack {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2 });
  /** Changes where each session has its own. */
  url: URL;
  session: Record<string, string> = {};

  constructor(address: string) {
    this.url = new URL(address);
  }

  async hit(input: Input): Promise<void> {
    if (input.kind === 'bytes') return this.#bytes(input.bytes);
    if (input.kind === 'http') {
      await this.post(input.body, { ...both, ...this.session, ...input.headers }, input.method);
      return;
    }
    const headers = input.era === 'legacy' ? this.session : modernHeaders(input.body);
    await this.post(Buffer.from(input.body), { ...both, ...headers });
  }

  /** Resolves with what was said; throws when it is improper. */
  async post(body: Uint8Array, headers: Record<string, string>, method = 'POST') {
    const { status, type, text, session } = await this.#request(body, headers, method);
    requireProper(status, type, text);
    return { status, text, session };
  }

  close(): void {
    this.#agent.destroy();
  }

  #request(body: Uint8Array, headers: Record<string, string>, method: string) {
    return new Promise<{ status: number; type: string; text: string; session: string }>((resolve, reject) => {
      const length = ['GET', 'HEAD'].includes(method) ? {} : { 'content-length': body.length };
      const req = request(this.url, { method, headers: { ...headers, ...length }, agent: this.#agent });
      req.once('response', (res) => {
        let text = '';
        const { statusCode: status = 0, headers: said } = res;
        const done = () => {
          clearTimeout(timer);
          const type = said['content-type'] ?? '';
          resolve({ status, type, text, session: String(said['mcp-session-id'] ?? '') });
        };
        const timer = setTimeout(() => {
          // Only what is complete can be judged.
          text = text.slice(0, text.lastIndexOf('\n\n') + 1);
          done();
          res.destroy();
        }, patience);
        if (!said['content-type']?.startsWith('text/event-stream')) clearTimeout(timer);
        res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        res.once('end', done).on('error', () => {});
      });
      req.setTimeout(deadline, () => req.destroy(new Error(`No answer within ${deadline} ms`)));
      req.once('error', reject);
      req.end('content-length' in length ? body : undefined);
    });
  }

  async #bytes(bytes: Uint8Array): Promise<void> {
    const addressed = Buffer.from(
      Buffer.from(bytes).toString('latin1').replace('/mcp', this.url.pathname),
      'latin1',
    );
    const { text } = await send(this.url, addressed, { halfClose: true, patience: 300 });
    // Bytes may hold several requests; each answer begins with a status line.
    for (const answer of text.split(/(?=HTTP\/1\.1 \d{3} )/).filter(Boolean)) {
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
      if (!(status === 100 || (status >= 200 && status < 300) || (status >= 400 && status < 500)))
        throw new Error(`Improper: ${answer.slice(0, 300)}`);
      if (/content-type: text\/html|<html/i.test(answer) || internals.test(answer))
        throw new Error(`Improper: ${answer}`);
    }
  }
}

/** Streamable HTTP: the legacy session is begun again when a hostile request has ended it. */
export async function attackStreamable({ address }: Victim) {
  const attack = new HttpAttack(address);
  const good = async () => {
    const begun = await attack.post(Buffer.from(JSON.stringify(initialize())), both);
    attack.session = { 'mcp-session-id': begun.session, 'mcp-protocol-version': '2025-11-25' };
    const call = modern('tools/call', { name: 'echo', arguments: { text: 'still here' } });
    const legacy = await attack.post(Buffer.from(JSON.stringify(call.body)), { ...both, ...call.headers });
    const ping = await attack.post(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping"}'), {
      ...both,
      ...attack.session,
    });
    if (!legacy.text.includes('still here') || !ping.text.includes('"result":{}'))
      throw new Error('No good answer');
  };
  await good();
  return { hit: (input: Input) => attack.hit(input), good, end: () => attack.close() };
}

function modernHeaders(body: string): Record<string, string> {
  const shape = (() => {
    try {
      return JSON.parse(body) as { method?: unknown; params?: { name?: unknown; uri?: unknown } } | null;
    } catch {
      return undefined;
    }
  })();
  const name = shape?.params?.name ?? shape?.params?.uri;
  const coded = (text: string) =>
    /^[\x21-\x7e]*$/.test(text) ? text : `=?base64?${Buffer.from(text).toString('base64')}?=`;
  return {
    'mcp-protocol-version': revision,
    'mcp-param-region': 'eu',
    ...(typeof shape?.method === 'string' && { 'mcp-method': coded(shape.method).slice(0, 4000) }),
    ...(typeof name === 'string' && { 'mcp-name': coded(name).slice(0, 4000) }),
  };
}
