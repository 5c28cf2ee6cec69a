import { ProtocolError } from '@modelcontextprotocol/server';
import type { Pages } from '../catalog/index.js';
import { rpcCodes } from '../execution/index.js';

/** The page at a cursor. Throws -32602 for a cursor that this server never handed out. */
export function pageAt<T>(pages: Pages<T>, cursor: string | undefined): { items: T[]; nextCursor?: string } {
  const page = pages.at(cursor);
  if (!page) throw new ProtocolError(rpcCodes.invalidParams, 'Invalid cursor');
  return page;
}
