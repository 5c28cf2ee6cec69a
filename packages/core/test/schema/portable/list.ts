/** Prints what clients see of each server as JSON: its tools and some answers, or why it does not start. */
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { Args, McpServer, Server, StartUpError, Tool } from '@reprise/core';
import type { Host, Transport } from '@reprise/core/transport';
import { Order } from './order.js';
import { Visit } from './visit.js';

@Server({ name: 'orders', version: '1.0.0' })
class Orders extends McpServer {
  @Tool() run(@Args(Order) order: Order) {
    return `${order instanceof Order} ${order.count()} ${order.at.getTime()} ${order.payment.constructor.name}`;
  }
}

@Server({ name: 'visits', version: '1.0.0' })
class Visits extends McpServer {
  @Tool() run(@Args(Visit) { visitor, place, nights }: Visit) {
    return `${visitor} ${place.constructor.name} ${nights ?? '-'}`;
  }
}

@Server({ name: 'unnamed', version: '1.0.0' })
class Unnamed extends McpServer {
  @Tool() run(@Args() order: Order) {
    return order.id;
  }
}

class Direct implements Transport {
  readonly name = 'memory';
  readonly address = 'memory';
  host: Host | undefined;

  async start(host: Host): Promise<void> {
    this.host = host;
  }

  async drain(): Promise<void> {}

  async close(): Promise<void> {}
}

async function seenBy(server: McpServer, calls: readonly Record<string, unknown>[]): Promise<unknown> {
  const transport = new Direct();
  await server.start(transport);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await transport.host
    ?.createServer({ era: 'legacy', transport: 'memory', lifetime: 'connection' })
    .connect(far);
  const client = new Client({ name: 'reader', version: '1.0.0' });
  await client.connect(near);
  const { tools } = await client.listTools();
  const answers: unknown[] = [];
  for (const args of calls) answers.push((await client.callTool({ name: 'run', arguments: args })).content);
  await client.close();
  await server.stop();
  return { schema: tools[0]?.inputSchema, answers };
}

const order = {
  id: '9b2d7f6e-1c34-4f5a-8b6c-0123456789ab',
  at: '2026-05-17T09:30:00Z',
  size: 2,
  tags: ['new'],
  lines: [{ sku: 'abc' }, { sku: 'abcd', quantity: 3 }],
  payment: { kind: 'invoice', to: 'ada@example.org' },
};
const visit = { visitor: 'Ada', place: { city: 'Oslo' } };
const options = { logLevel: 'error' } as const;
const programs: Record<string, () => Promise<unknown>> = {
  orders: () =>
    seenBy(new Orders(options), [
      order,
      {
        ...order,
        size: 'Large',
        lines: [{ sku: 'ab', quantity: 0.5 }],
        payment: { kind: 'cash' },
        gift: 'no',
      },
    ]),
  visits: () =>
    seenBy(new Visits(options), [
      visit,
      { ...visit, nights: 2 },
      { visitor: 5, place: { city: 5 }, nights: 0 },
    ]),
  unnamed: () => seenBy(new Unnamed(options), []),
};

const seen: Record<string, unknown> = {};
for (const [name, program] of Object.entries(programs)) {
  seen[name] = await program().catch((thrown: unknown) => {
    if (thrown instanceof StartUpError) return { refused: thrown.message };
    throw thrown;
  });
}
process.stdout.write(JSON.stringify(seen));
