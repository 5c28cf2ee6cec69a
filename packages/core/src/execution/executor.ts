import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  ReadResourceResult,
} from '@modelcontextprotocol/server';
import type { Catalog } from '../catalog/index.js';
import { type Context, type Exchange, RequestContext, type Surroundings } from '../context/index.js';
import { ProtocolError, RepriseError } from '../errors/index.js';
import { type Conversation, LiveConversation } from '../replay/index.js';
import { complete, type CompletionRequest } from './complete.js';
import { classify } from './failures.js';
import type { InFlight } from './in-flight.js';
import type { Invocation } from './invocation.js';
import { promptInvocation, resourceInvocation, toolInvocation } from './invocations.js';
import { nestedCalls } from './nested-calls.js';
import type { Outcome, Result } from './outcome.js';
import { playRound, type RoundsOptions } from './rounds.js';

export interface ExecutorOptions extends RoundsOptions {
  readonly catalog: Catalog;
  readonly surroundings: Surroundings;
  readonly inFlight: InFlight;
}

/** Turns requests into outcomes: finds the entry, plays it, and classifies whatever goes wrong. Never throws. */
export class Executor {
  constructor(private readonly options: ExecutorOptions) {}

  callTool(name: string, args: unknown, exchange: Exchange): Promise<Outcome<CallToolResult>> {
    return this.execute(exchange, `tool ${name}`, () => toolInvocation(this.options.catalog, name, args));
  }

  readResource(uri: string, exchange: Exchange): Promise<Outcome<ReadResourceResult>> {
    return this.execute(exchange, `resource ${uri}`, () => resourceInvocation(this.options.catalog, uri));
  }

  getPrompt(name: string, args: Record<string, string> | undefined, exchange: Exchange) {
    return this.execute<GetPromptResult>(exchange, `prompt ${name}`, () =>
      promptInvocation(this.options.catalog, name, args),
    );
  }

  /** Throws ProtocolError: a completion has no other way to fail. */
  async complete(request: CompletionRequest, exchange: Exchange): Promise<CompleteResult> {
    const conversation = LiveConversation.of(refuseToAsk, exchange.signal);
    const context = (where: string) => this.contextFor(where, exchange, conversation);
    try {
      return await complete(this.options.catalog, request, context);
    } catch (thrown) {
      const { era, requestId } = exchange;
      const outcome = classify(
        thrown,
        { where: 'completion', era, requestId },
        this.options.surroundings.log,
      );
      if (outcome.kind !== 'failure') throw thrown;
      throw new ProtocolError(outcome.failure.code, outcome.failure.message, outcome.failure.data);
    }
  }

  private async execute<R extends Result>(
    exchange: Exchange,
    label: string,
    find: () => Invocation<R>,
  ): Promise<Outcome<R>> {
    let invocation: Invocation<R> | undefined;
    try {
      const call = this.options.inFlight.begin(exchange.signal);
      try {
        invocation = find();
        return await this.play(invocation, { ...exchange, signal: call.signal });
      } finally {
        call.end();
      }
    } catch (thrown) {
      return this.classify(thrown, exchange, invocation, label);
    }
  }

  private async play<R extends Result>(invocation: Invocation<R>, exchange: Exchange): Promise<Outcome<R>> {
    const handler = (conversation: Conversation) => this.run(invocation, exchange, conversation);
    if (exchange.era === 'modern')
      return playRound({
        invocation,
        exchange,
        options: this.options,
        handler,
        classify: (thrown) => this.classify(thrown, exchange, invocation, ''),
      });
    const send = (request: Parameters<Exchange['request']>[0], timeout: number) =>
      exchange.request(request, timeout);
    return { kind: 'result', result: await handler(LiveConversation.of(send, exchange.signal)) };
  }

  private run<R extends Result>(
    invocation: Invocation<R>,
    exchange: Exchange,
    conversation: Conversation,
  ): Promise<R> {
    return invocation.run(this.contextFor(invocation.entry.handler.where, exchange, conversation));
  }

  private contextFor(where: string, exchange: Exchange, conversation: Conversation): Context {
    const { catalog, surroundings } = this.options;
    // the client asked for progress of the outer call; a nested one would mix its own numbers in
    const inner = { ...exchange, progressToken: undefined };
    const calls = nestedCalls({
      conversation,
      invocations: {
        tool: (name, args) => toolInvocation(catalog, name, args),
        resource: (uri) => resourceInvocation(catalog, uri),
        prompt: (name, args) => promptInvocation(catalog, name, args),
      },
      run: (invocation, nested) => this.run(invocation, inner, nested),
      classify: (thrown, invocation) => this.classify(thrown, inner, invocation, ''),
    });
    return new RequestContext({ where, exchange, conversation, surroundings, calls });
  }

  private classify<R extends Result>(
    thrown: unknown,
    { era, requestId }: Exchange,
    invocation: Invocation<R> | undefined,
    label: string,
  ): Outcome<R> {
    const where = invocation?.entry.handler.where ?? label;
    return classify(
      thrown,
      { where, era, requestId, ...(invocation?.refuse && { refuse: invocation.refuse }) },
      this.options.surroundings.log,
    );
  }
}

async function refuseToAsk(): Promise<never> {
  throw new RepriseError('CANNOT_ASK', 'A completion cannot ask the client.', {
    fix: 'Ask in the tool or prompt that the completion is for.',
  });
}
