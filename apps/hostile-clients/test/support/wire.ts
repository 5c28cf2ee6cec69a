import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export const both = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
export const revision = '2026-07-28';

/** What one socket got back; `isClosed` when the server ended it. */
export interface Heard {
  readonly text: string;
  readonly isClosed: boolean;
}

/** Writes bytes to a fresh socket and listens until the server closes it, or for `patience` milliseconds. */
export async function send(
  url: URL,
  bytes: string | Uint8Array,
  {
    patience = 5000,
    halfClose = false,
    until = / /,
  }: { patience?: number; halfClose?: boolean; until?: RegExp } = {},
): Promise<Heard> {
  const socket = await dial(url);
  let text = '';
  let isClosed = false;
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => {}).once('close', () => (isClosed = true));
  socket.write(bytes);
  if (halfClose) socket.end();
  for (const end = Date.now() + patience; !isClosed && Date.now() < end; await rest(5))
    if (until.source !== ' ' && until.test(text)) break;
  socket.destroy();
  return { text, isClosed };
}

export async function dial({ hostname, port }: URL): Promise<Socket> {
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  return socket;
}

export const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The head of a POST; `headers` stand as they are given. */
export function head(url: URL, headers: Record<string, string | number> = {}): string {
  const all = { Host: url.host, 'Content-Type': 'application/json', Accept: both.accept, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${url.pathname}${url.search} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

const client = { name: 'hostile', version: '1' };

export function initialize(protocolVersion = '2025-11-25') {
  const params = { protocolVersion, capabilities: { elicitation: {} }, clientInfo: client };
  return { jsonrpc: '2.0', id: 0, method: 'initialize', params };
}

/** A request of the modern era and the headers that belong to it. */
export function modern(method: string, params: Record<string, unknown>) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': client,
    'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
  };
  const name = params['name'] ?? params['uri'];
  return {
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
    headers: {
      'mcp-protocol-version': revision,
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    } as Record<string, string>,
  };
}
