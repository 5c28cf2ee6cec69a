import type { IncomingMessage } from 'node:http';
import { classifyInboundRequest } from '@modelcontextprotocol/server';

/** Which era a posted body belongs to, as the SDK sees it. */
export function classify({ method, headers }: IncomingMessage, body: unknown) {
  const one = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const protocolVersionHeader = one('mcp-protocol-version');
  const mcpMethodHeader = one('mcp-method');
  const mcpNameHeader = one('mcp-name');
  return classifyInboundRequest({
    httpMethod: method ?? 'POST',
    ...(protocolVersionHeader !== undefined && { protocolVersionHeader }),
    ...(mcpMethodHeader !== undefined && { mcpMethodHeader }),
    ...(mcpNameHeader !== undefined && { mcpNameHeader }),
    body,
  });
}
