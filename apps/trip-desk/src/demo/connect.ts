import { SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { connectV1 } from './client-v1.js';
import { connectV2 } from './client-v2.js';
import type { ClientKind, DeskClient } from './desk-client.js';
import type { Endpoint } from './server-process.js';
import type { User } from './user.js';

/** Connects a client of that kind to a server. On stdio, connecting starts the server. */
export function connect(kind: ClientKind, endpoint: Endpoint, user: User): Promise<DeskClient> {
  return kind === 'v1' ? connectV1(dialV1(endpoint), user) : connectV2(kind, dialV2(endpoint), user);
}

function dialV1(endpoint: Endpoint) {
  switch (endpoint.transport) {
    case 'stdio':
      return new StdioV1({ ...endpoint.program, stderr: 'ignore' });
    case 'sse':
      return new SseV1(endpoint.url);
    case 'streamable-http':
      return new HttpV1(endpoint.url);
  }
}

function dialV2(endpoint: Endpoint) {
  switch (endpoint.transport) {
    case 'stdio':
      return new StdioClientTransport({ ...endpoint.program, stderr: 'ignore' });
    case 'sse':
      return new SSEClientTransport(endpoint.url);
    case 'streamable-http':
      return new StreamableHTTPClientTransport(endpoint.url);
  }
}
