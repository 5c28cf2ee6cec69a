import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  ReadResourceResult,
} from '@modelcontextprotocol/server';
import { type Catalog, findResource } from '../catalog/index.js';
import type { Call, Exchange, ListMethod, Surroundings } from '../context/index.js';
import type { Middleware, Outcome, Result, Results } from '../middleware/index.js';
import { completionInvocation } from './completions.js';
import { classify } from './failures.js';
import type { InFlight } from './in-flight.js';
import type { Invocation } from './invocation.js';
import { promptInvocation, resourceInvocation, toolInvocation } from './invocations.js';
import { listInvocation, listPage } from './lists.js';
import { Reach } from './reach/reach.js';
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
    return this.execute<CallToolResult>(call, exchange, (reach) => toolInvocation(reach, name, args));
  }

  readResource(uri: string, exchange: Exchange) {
    const call = { method: 'resources/read', uri } as const;
    return this.execute<ReadResourceResult>(call, exchange, (reach) => resourceInvocation(reach, uri));
  }

  getPrompt(name: string, args: Readonly<Record<string, string>> = {}, exchange: Exchange) {
    const call = { method: 'prompts/get', name, arguments: args } as const;
    return this.execute<GetPromptResult>(call, exchange, (reach) => promptInvocation(reach, name, args));
  }

  complete(call: Call & { method: 'completion/complete' }, exchange: Exchange) {
    return this.execute<CompleteResult>(call, exchange, (reach) => completionInvocation(reach, call));
  }

  /** Where nobody looks at it and everybody may see it, a list is handed out as it is: ready, and without looking at the request. Throws ProtocolError. */
  list<M extends ListMethod>(
    method: M,
    cursor: string | undefined,
    exchange: () => Exchange,
  ): Results[M] | Promise<Outcome<Results[M]>> {
    const { catalog, middleware, surroundings } = this.options;
    const { current } = catalog;
    if (middleware.length === 0 && !surroundings.telemetry.isOn) {
      const lists = current.scoped ? Reach.of(current, exchange()).lists : current.lists;
      return listPage(lists, method, cursor);
    }
    return this.execute<Results[M]>({ method, cursor }, exchange(), (reach) =>
      listInvocation(reach, method, cursor),
    );
  }

  /** Throws InsufficientScopeError for a resource that the caller may not read. */
  demandResource(uri: string, exchange: () => Exchange): void {
    const { current } = this.options.catalog;
    if (!current.scoped) return;
    const scopes = findResource(current, uri)?.entry.handler.scopes ?? [];
    Reach.of(current, exchange()).demand(`The resource ${uri}`, scopes);
  }

  private async execute<R extends Result>(
    call: Call,
    exchange: Exchange,
    find: (reach: Reach) => Invocation<R>,
  ): Promise<Outcome<R>> {
    const { inFlight, surroundings } = this.options;
    const reach = Reach.of(this.options.catalog.current, exchange);
    try {
      const running = inFlight.begin(exchange.signal);
      try {
        const arrived = { call, reach, exchange: { ...exchange, signal: running.signal } };
        const request = new RunningRequest(this.options, arrived);
        return await request.answer(() => find(reach));
      } finally {
        running.end();
      }
    } catch (thrown) {
      const { era, requestId } = exchange;
      return classify(thrown, { where: call.method, era, requestId }, surroundings.log);
    }
  }
}
