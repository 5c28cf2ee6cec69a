/* oxlint-disable no-console -- what it prints is its result */
// A server and clients that never answer, in a process of their own, which nothing else takes memory or handles in.
// Decorators are applied by hand: this file is not compiled.
import { setTimeout as delay } from 'node:timers/promises';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Ctx, McpServer, Server, Tool } from '@reprise/core';

const calls = 1000;
const atOnce = 100;

class Desk extends McpServer {
  async asks(ctx) {
    ctx.state.set('what only this call holds', Buffer.alloc(1000).toString('latin1'));
    await ctx.elicit('Where to?', String, { timeout: 50 });
    return 'answered';
  }
}
Ctx()(Desk.prototype, 'asks', 0);
Tool({ name: 'asks' })(Desk.prototype, 'asks', Object.getOwnPropertyDescriptor(Desk.prototype, 'asks'));
Server({ name: 'desk', version: '1.0.0' })(Desk);

/** Written by hand: a client that remembers nothing but what it waits for. */
class Client {
  #waiting = new Map();
  #lastId = 0;
  #asked = 0;
  #withdrawn = 0;

  constructor(pipe) {
    this.pipe = pipe;
    pipe.onmessage = (message) => this.#receive(message);
  }

  #receive({ id, method, result, error }) {
    if (method === 'elicitation/create') this.#asked++;
    if (method === 'notifications/cancelled') this.#withdrawn++;
    if (method !== undefined) return;
    this.#waiting.get(id)?.(result ?? error);
    this.#waiting.delete(id);
  }

  get counts() {
    return { asked: this.#asked, withdrawn: this.#withdrawn };
  }

  request(method, params) {
    const id = ++this.#lastId;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    void this.pipe.send({ jsonrpc: '2.0', id, method, params });
    return answer;
  }
}

const server = new Desk({ logLevel: 'error' });
let host;
await server.start({
  name: 'memory',
  address: 'memory',
  start: async (given) => void (host = given),
  drain: async () => {},
  close: async () => {},
});
const [mine, theirs] = InMemoryTransport.createLinkedPair();
const handle = serveStdio(
  ({ era }) => host.createServer({ era, transport: 'memory', lifetime: 'connection' }),
  { transport: theirs },
);
await mine.start();
const client = new Client(mine);
await client.request('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: { elicitation: { form: {} } },
  clientInfo: { name: 'silent', version: '1.0.0' },
});
await mine.send({ jsonrpc: '2.0', method: 'notifications/initialized' });

/** Makes calls, and counts how they ended by what the client was told. */
async function makeCalls(count) {
  const ends = {};
  for (let made = 0; made < count; made += atOnce) {
    const answers = Array.from({ length: atOnce }, () =>
      client.request('tools/call', { name: 'asks', arguments: {} }),
    );
    for (const answer of await Promise.all(answers)) {
      const text = answer.content?.[0]?.text ?? JSON.stringify(answer);
      ends[text] = (ends[text] ?? 0) + 1;
    }
  }
  return ends;
}

async function settled() {
  for (let n = 0; n < 4; n++) {
    await delay(30);
    globalThis.gc();
  }
  const handles = process.getActiveResourcesInfo();
  return { heap: process.memoryUsage().heapUsed, handles };
}

await makeCalls(calls); // what is made once, such as compiled code, is not left behind by each call
const before = await settled();
const ends = await makeCalls(calls);
const after = await settled();
console.log(JSON.stringify({ ends, before, after, counts: client.counts }));
await handle.close();
await server.stop();
