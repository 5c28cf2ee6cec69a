import type { IncomingMessage } from 'node:http';
import { Refusal, rpcCode } from '../refusal.js';

/**
 * The token of a request; undefined if it brings none. Throws a 400 for what cannot be read, for two tokens,
 * and for one in the query, where logs and histories keep it.
 */
export function tokenOf(req: IncomingMessage, query: URLSearchParams, header?: string): string | undefined {
  if (query.has('access_token')) throw malformed('Send the token in the Authorization header');
  const own = header === undefined ? undefined : req.headers[header.toLowerCase()];
  if (own !== undefined && own !== '') {
    if (Array.isArray(own) || count(req, header ?? '') > 1) throw malformed('More than one token');
    return own;
  }
  const { authorization } = req.headers;
  if (authorization === undefined || !/^bearer(\s|$)/i.test(authorization)) return undefined;
  if (count(req, 'authorization') > 1) throw malformed('More than one Authorization header');
  const token = /^bearer +([\w.~+/-]+=*) *$/i.exec(authorization)?.[1];
  if (token === undefined) throw malformed('The Authorization header is malformed');
  return token;
}

/** Node keeps the first of several and drops the rest, so what another party on the way saw may differ. */
function count({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((raw, at) => at % 2 === 0 && raw.toLowerCase() === name.toLowerCase()).length;
}

function malformed(message: string): Refusal {
  return new Refusal(400, rpcCode.refused, message, { 'www-authenticate': 'Bearer error="invalid_request"' });
}
