import type { IncomingMessage } from 'node:http';
import { parseMessage } from '@reprise/core/transport';
import { Refusal, rpcCode } from './refusal.js';

/** Reads a JSON body of at most `limit` bytes. Throws 415, 413, or 400 with the JSON-RPC parse error. */
export async function readJson(req: IncomingMessage, limit: number): Promise<unknown> {
  requireJson(req);
  return parse(await readBytes(req, limit));
}

function requireJson({ headers }: IncomingMessage): void {
  const [type, ...parameters] = (headers['content-type'] ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (type !== 'application/json')
    throw new Refusal(415, rpcCode.refused, 'Content-Type must be application/json');
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset))
    throw new Refusal(415, rpcCode.refused, 'The charset must be UTF-8');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw new Refusal(415, rpcCode.refused, 'Content-Encoding is not supported', {
      'accept-encoding': 'identity',
    });
}

async function readBytes(req: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    // Not `for await`: leaving such a loop destroys the socket before the 413 is written.
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    req.once('end', resolve).once('error', reject);
  });
  return Buffer.concat(chunks, size);
}

function parse(bytes: Buffer): unknown {
  const parsed = parseMessage(bytes);
  if (parsed.fault === undefined) return parsed.value;
  throw new Refusal(400, parsed.fault.code, parsed.fault.message);
}

function tooLarge(limit: number): Refusal {
  // The rest of the body would have to be read before the connection could carry another request.
  return new Refusal(413, rpcCode.refused, `The body is larger than ${limit} bytes`, { connection: 'close' });
}
