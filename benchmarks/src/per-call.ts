import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { type Contestant, takeTurns } from './measure.js';
import { statelessCall } from './messages.js';
import { printTable } from './report.js';
import { program } from './start-up.js';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const { headers, body } = statelessCall;

function call(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const req = request({ port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers, agent }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      res.once('end', () => resolve(text)).once('error', reject);
    });
    req.once('error', reject);
    req.end(body);
  });
}

class HttpServer {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(name: string): Promise<HttpServer> {
    const child = fork(program(name));
    const [port] = (await once(child, 'message')) as [number];
    const answer = await call(port);
    if (!answer.includes('Oslo')) throw new Error(`${name} answered ${answer}`);
    return new HttpServer(child, port);
  }

  readonly wall: Contestant = async (calls) => {
    const from = performance.now();
    for (let n = 0; n < calls; n += 1) await call(this.port);
    return (performance.now() - from) * 1000;
  };

  /** Processor time of the server's own process: what the noise of the machine and the client cannot touch. */
  readonly cpu: Contestant = async (calls) => {
    const before = await this.#cpu();
    for (let n = 0; n < calls; n += 1) await call(this.port);
    return (await this.#cpu()) - before;
  };

  async #cpu(): Promise<number> {
    const answered = once(this.child, 'message') as Promise<[number]>;
    this.child.send('cpu');
    return (await answered)[0];
  }

  async stop(): Promise<void> {
    this.child.kill();
    await once(this.child, 'exit');
  }
}

/** One client, one call after the other, on a connection that is kept. */
export async function benchPerCall(): Promise<void> {
  const sdk = await HttpServer.start('http-sdk');
  const ours = await HttpServer.start('http-reprise');
  const schedule = { rounds: 20, calls: 200 };
  const cpu = await takeTurns(
    { 'SDK createMcpHandler + McpServer, zod': sdk.cpu, 'Reprise, class-validator': ours.cpu },
    schedule,
  );
  const wall = await takeTurns(
    { 'SDK createMcpHandler + McpServer, zod': sdk.wall, 'Reprise, class-validator': ours.wall },
    schedule,
  );
  await Promise.all([sdk.stop(), ours.stop()]);
  agent.destroy();
  printTable('tools/call over HTTP, 2026-07-28: processor time of the server', 'µs', cpu);
  printTable('tools/call over HTTP, 2026-07-28: time until the answer', 'µs', wall);
}
