import 'reflect-metadata';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import type { Host, Transport } from '@reprise/core/transport';
import { takeTurns, timed } from './measure.js';
import { printTable } from './report.js';

const tenBytes = 10;
const tenMegabytes = 10_000_000;
/** Many values, not one of ten megabytes: what is copied by reference costs by the number of values. */
const valueBytes = 100;

/** Calls that stay open, and the Context of each. */
const open: Context[] = [];
const { promise: measured, resolve: end } = gate();

@Server({ name: 'nested', version: '1.0.0' })
class Nested extends McpServer {
  @Tool() async outer(@Ctx() ctx: Context): Promise<string> {
    const bytes = open.length === 0 ? tenBytes : tenMegabytes;
    for (let stored = 0; stored < bytes; stored += valueBytes)
      ctx.state.set(`value ${stored}`, Buffer.alloc(Math.min(bytes, valueBytes), 'x').toString('latin1'));
    open.push(ctx);
    await measured;
    return 'measured';
  }
  /** Reads and writes, so that a copy made on the first write would show as well. */
  @Tool() inner(@Ctx() ctx: Context): string {
    ctx.state.set('own', ctx.state.get('value 0'));
    return 'inner';
  }
}

/** What a nested call costs by how much request state its caller holds. */
export async function benchNested(): Promise<void> {
  const stop = await openCalls(2);
  const [small, large] = open as [Context, Context];
  const samples = await takeTurns(
    {
      'caller holds 10 B, one value': timed(() => small.callTool('inner')),
      'caller holds 10 MB, 100,000 values': timed(() => large.callTool('inner')),
    },
    { rounds: 40, calls: 1000 },
  );
  await stop();
  printTable('ctx.callTool, with request state', 'µs', samples, {
    'caller holds 10 MB, 100,000 values': 'aim: ≤ 1.20',
  });
}

/** Opens so many calls of `outer` on one server; what it returns ends them. */
async function openCalls(count: number): Promise<() => Promise<void>> {
  const server = new Nested({ logLevel: 'error' });
  const memory = new Memory();
  await server.start(memory);
  const [client, theirs] = InMemoryTransport.createLinkedPair();
  const handle = serveStdio(({ era }) => memory.create(era), { transport: theirs });
  await client.start();
  await client.send({
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'bench', version: '1.0.0' },
    },
  });
  await client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  for (let id = 1; id <= count; id += 1)
    await client.send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'outer', arguments: {} } });
  while (open.length < count) await new Promise((resolve) => setImmediate(resolve));
  return async () => {
    end();
    await handle.close();
    await server.stop();
  };
}

/** Serves pipes inside this process. */
class Memory implements Transport {
  readonly name = 'memory';
  readonly address = 'memory';
  #host: Host | undefined;

  async start(host: Host): Promise<void> {
    this.#host = host;
  }

  create(era: 'legacy' | 'modern'): ReturnType<Host['createServer']> {
    if (this.#host === undefined) throw new Error('not started');
    return this.#host.createServer({ era, transport: 'memory', lifetime: 'connection' });
  }

  async drain(): Promise<void> {}
  async close(): Promise<void> {}
}

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  return { promise: new Promise<void>((open) => (resolve = open)), resolve };
}
