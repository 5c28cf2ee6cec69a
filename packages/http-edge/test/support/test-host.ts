import { InMemoryServerEventBus, Server } from '@modelcontextprotocol/server';
import type { Host, HostSession, ServerOrigin } from '@reprise/core/transport';

/** A host with a hand-made protocol server: enough of one to see what a transport carries. */
export class TestHost implements Host {
  readonly info = { name: 'test-host', version: '1.0.0' };
  readonly logged: string[] = [];
  readonly log = { log: (level: string, message: string) => void this.logged.push(`${level} ${message}`) };
  scoped = false;
  readonly changes = new InMemoryServerEventBus();
  readonly origins: ServerOrigin[] = [];
  /** How often a `wait` call began, and how often one was aborted. */
  readonly waits = { begun: 0, aborted: 0 };
  headerParameters = (): [] => [];
  stops = 0;
  /** How many `flood` calls have sent everything: `count` messages of `kilobytes`, on their own stream or aside. */
  floods = 0;
  /** Protocol servers that were made and not closed. */
  open = 0;
  #release: (() => void)[] = [];

  stop = (): Promise<void> => {
    this.stops += 1;
    return Promise.resolve();
  };

  requiredScopes = (_message: unknown): readonly string[] => [];

  /** Lets the `wait` calls end. */
  release(): void {
    for (const end of this.#release.splice(0)) end();
  }

  createSession(origin: ServerOrigin): HostSession {
    return {
      createServer: () => this.createServer(origin),
      caughtUp: () => Promise.resolve(),
      rest: () => true,
      end: () => {},
    };
  }

  createServer(origin: ServerOrigin): Server {
    this.origins.push(origin);
    this.open += 1;
    const server = new Server(this.info, {
      capabilities: { tools: { listChanged: true }, logging: {}, resources: { subscribe: true } },
    });
    server.onclose = () => (this.open -= 1);
    server.setRequestHandler('tools/list', () => ({
      tools: [{ name: 'echo', inputSchema: { type: 'object' } }],
    }));
    server.setRequestHandler('resources/subscribe', () => ({}));
    server.setRequestHandler('tools/call', async ({ params }, ctx) => {
      if (params.name === 'header')
        return say(ctx.http?.req?.headers.get(String(params.arguments?.['name'])));
      if (params.name === 'progress') {
        const progressToken = ctx.mcpReq._meta?.progressToken ?? 0;
        for (let progress = 1; progress <= 3; progress += 1)
          await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress } });
      }
      if (params.name === 'flood') {
        const { count = 1, kilobytes = 0, aside } = params.arguments ?? {};
        const data = 'x'.repeat(Number(kilobytes) * 1024);
        const news = { method: 'notifications/message' as const, params: { level: 'info' as const, data } };
        for (let sent = 0; sent < Number(count); sent += 1)
          await (aside ? server.notification(news) : ctx.mcpReq.notify(news));
        this.floods += 1;
      }
      if (params.name === 'ask') {
        if (params.arguments?.['late']) await this.#wait(ctx.mcpReq.signal);
        const requestedSchema = {
          type: 'object' as const,
          properties: { name: { type: 'string' as const } },
        };
        const answer = await ctx.mcpReq.send({
          method: 'elicitation/create',
          params: { mode: 'form', message: 'Who?', requestedSchema },
        });
        return say(answer.content?.['name']);
      }
      // Breaks its own stream, as a proxy would; a client that can resume still gets the answer.
      if (params.name === 'drop') ctx.http?.closeSSE?.();
      if (params.name === 'wait' || params.name === 'drop') await this.#wait(ctx.mcpReq.signal);
      return say(params.arguments?.['text']);
    });
    return server;
  }

  #wait(signal: AbortSignal): Promise<void> {
    this.waits.begun += 1;
    return new Promise((resolve) => {
      this.#release.push(resolve);
      signal.addEventListener('abort', () => {
        this.waits.aborted += 1;
        resolve();
      });
    });
  }
}

function say(text: unknown) {
  return { content: [{ type: 'text' as const, text: String(text) }] };
}
