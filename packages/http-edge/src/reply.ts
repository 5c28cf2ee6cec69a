import type { ServerResponse } from 'node:http';
import { rpcCode, type Refusal } from './refusal.js';

/** Accepted, nothing to say: the answer to notifications and responses. */
export function replyAccepted(res: ServerResponse): void {
  res.writeHead(202, { 'content-length': 0 }).end();
}

/** Answers with a JSON-RPC error; does nothing when the answer has begun or the client is gone. */
export function replyRefusal(res: ServerResponse, refusal: Refusal): void {
  if (res.headersSent || res.destroyed) return;
  const body = JSON.stringify({
    jsonrpc: '2.0',
    error: { code: refusal.code, message: refusal.message, data: refusal.data },
    id: refusal.id,
  });
  res
    .writeHead(refusal.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...refusal.headers,
    })
    .end(body);
}

/** Ends an exchange that failed for a reason the client must not see. */
export function replyInternalError(res: ServerResponse): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const body = `{"jsonrpc":"2.0","error":{"code":${rpcCode.internalError},"message":"Internal error"},"id":null}`;
  res.writeHead(500, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}
