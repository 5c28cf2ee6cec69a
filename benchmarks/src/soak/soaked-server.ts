import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Answer {
  readonly sessionId: string | undefined;
  readonly text: string;
}

/** So many requests are under way at once. */
const lanes = 16;

/** A server in a process of its own, which tells its heap. */
export class SoakedServer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: lanes });

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  static async start(name: string, ...args: string[]): Promise<SoakedServer> {
    const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    const child = fork(file, args, { execArgv: ['--expose-gc'] });
    const [port] = (await once(child, 'message')) as [number];
    return new SoakedServer(child, port);
  }

  /** Bytes in use after a collection. */
  async heap(): Promise<number> {
    const told = once(this.child, 'message') as Promise<[number]>;
    this.child.send('heap');
    return (await told)[0];
  }

  /** Does something so many times, some of it at once. */
  async times(count: number, work: () => Promise<unknown>): Promise<void> {
    let left = count;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await work();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  post({ headers, body }: Message): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const req = request(
        { port: this.port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers, agent: this.#agent },
        (res) => {
          let text = '';
          res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          res.once('end', () => resolve({ sessionId: res.headers['mcp-session-id']?.toString(), text }));
          res.once('error', reject);
        },
      );
      req.once('error', reject);
      req.end(body);
    });
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.child.kill();
    await once(this.child, 'exit');
  }
}
