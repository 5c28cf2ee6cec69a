import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  ReadResourceResult,
} from '@modelcontextprotocol/server';
import type { Catalog } from '../catalog/index.js';
import type { Call, Exchange, ListMethod, Surroundings } from '../context/index.js';
import type { Middleware, Outcome, Result, Results } from '../middleware/index.js';
import { completionInvocation } from './completions.js';
import { classify } from './failures.js';
import type { InFlight } from './in-flight.js';
import type { Invocation } from './invocation.js';
import { promptInvocation, resourceInvocation, toolInvocation } from './invocations.js';
import { listInvocation, listPage } from './lists.js';
import type { RoundsOptions } from './rounds.js';
import { RunningRequest } from './running-request.js';

export interface ExecutorOptions extends RoundsOptions {
  /** Read once a request: what runs goes on with the catalog it began with. */
  readonly catalog: { readonly current: Catalog };
  readonly surroundings: Surroundings;
  readonly inFlight: InFlight;
  /** What stands around every request, outermost first: `server.use`, then @Use on the server class. */
  readonly middleware: readonly Middleware[];
}

/** Turns requests into outcomes: finds the entry, plays it, and classifies whatever goes wrong. Never throws. */
export class Executor {
  constructor(private readonly options: ExecutorOptions) {}

  callTool(name: string, args: Readonly<Record<string, unknown>> = {}, exchange: Exchange) {
    const call = { method: 'tools/call', name, arguments: args } as const;
    return this.execute<CallToolResult>(call, exchange, (catalog) => toolInvocation(catalog, name, args));
  }

  readResource(uri: string, exchange: Exchange) {
    const call = { method: 'resources/read', uri } as const;
    return this.execute<ReadResourceResult>(call, exchange, (catalog) => resourceInvocation(catalog, uri));
  }

  getPrompt(name: string, args: Readonly<Record<string, string>> = {}, exchange: Exchange) {
    const call = { method: 'prompts/get', name, arguments: args } as const;
    return this.execute<GetPromptResult>(call, exchange, (catalog) => promptInvocation(catalog, name, args));
  }

  complete(call: Call & { method: 'completion/complete' }, exchange: Exchange) {
    return this.execute<CompleteResult>(call, exchange, (catalog) => completionInvocation(catalog, call));
  }

  /** Where nobody looks at it, a list is handed out as it is: ready, and without looking at the request. Throws ProtocolError. */
  list<M extends ListMethod>(
    method: M,
    cursor: string | undefined,
    exchange: () => Exchange,
  ): Results[M] | Promise<Outcome<Results[M]>> {
    const { catalog, middleware, surroundings } = this.options;
    if (middleware.length === 0 && !surroundings.telemetry.isOn)
      return listPage(catalog.current, method, cursor);
    return this.execute<Results[M]>({ method, cursor }, exchange(), (at) =>
      listInvocation(at, method, cursor),
    );
  }

  private async execute<R extends Result>(
    call: Call,
    exchange: Exchange,
    find: (catalog: Catalog) => Invocation<R>,
  ): Promise<Outcome<R>> {
    const { inFlight, surroundings } = this.options;
    const catalog = this.options.catalog.current;
    try {
      const running = inFlight.begin(exchange.signal);
      try {
        const arrived = { call, catalog, exchange: { ...exchange, signal: running.signal } };
        const request = new RunningRequest(this.options, arrived);
        return await request.answer(() => find(catalog));
      } finally {
        running.end();
      }
    } catch (thrown) {
      const { era, requestId } = exchange;
      return classify(thrown, { where: call.method, era, requestId }, surroundings.log);
    }
  }
}
