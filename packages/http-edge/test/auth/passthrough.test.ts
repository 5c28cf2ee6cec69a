import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { inspect } from 'node:util';
import { connectClient, type ClientKind } from '../support/clients.js';

const token = 'sesame-open-sesame';
let upstream: HttpServer;
let heard: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  upstream = createServer((req, res) => {
    heard.push(req.headers);
    res.end('fine');
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});
afterAll(() => void upstream.close());

@Server({ name: 'curious', version: '1.0.0' })
class Curious extends McpServer {
  /** All that a handler has without asking for a header by its name, and a request of its own to somebody else. */
  @Tool() async look(@Ctx() ctx: Context): Promise<string> {
    // A server that listens on a port has an address of this kind.
    await fetch(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
    const { principal, http } = ctx;
    return JSON.stringify({ principal, http }) + inspect([principal, http], { depth: 10 });
  }
}

test.each<ClientKind>(['v1', 'v2 legacy', 'v2 modern'])(
  'the token ends at the gate: not in what handlers are given, not in what they send, not in the log, %s',
  async (kind) => {
    heard = [];
    const logged: string[] = [];
    const logger = { log: (...line: unknown[]) => void logged.push(inspect(line, { depth: 10 })) };
    const verify = (given: string) => (given === token ? { subject: 'ada' } : undefined);
    const transport = streamableHttp({ port: 0, signals: false, auth: { verify } });
    const server = new Curious({ logger });
    await server.start(transport);
    const url = new URL(transport.address);
    const options = { requestInit: { headers: { authorization: `Bearer ${token}` } } };
    const client = await connectClient(kind, {
      v1: () => new HttpV1(url, options),
      v2: () => new HttpV2(url, options),
    });
    const seen = await client.call('look');
    await client.close();
    await server.stop();
    expect(seen).toContain('ada');
    for (const text of [seen, ...logged]) expect(text).not.toContain(token);
    expect(heard).toHaveLength(1);
    expect(heard[0]).not.toHaveProperty('authorization');
  },
);
