import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { createDesk } from '../programs/desk-sdk.js';
import { tellHeap } from './heap.js';

/** Sessions as the SDK is used by hand: a map, and for each session a transport and a server. None ever ends. */
const sessions = new Map<string, NodeStreamableHTTPServerTransport>();

async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const known = sessions.get(String(req.headers['mcp-session-id']));
  if (known !== undefined) return known.handleRequest(req, res);
  const transport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  await createDesk().connect(transport);
  await transport.handleRequest(req, res);
}

const server = createServer((req, res) => void serve(req, res));
tellHeap();
// A server that listens on a port has an address of this kind.
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
