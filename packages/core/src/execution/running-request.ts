import {
  type Call,
  type Context,
  type Exchange,
  type NestedCalls,
  RequestContext,
  RequestScope,
  StateLayer,
  type Surroundings,
} from '../context/index.js';
import {
  type Middleware,
  type NextOptions,
  type Outcome,
  type Result,
  throughMiddleware,
} from '../middleware/index.js';
import { CancelledError, type Conversation } from '../replay/index.js';
import { silentExchange, silentSurroundings } from './dev-check.js';
import { type Invocation, orFailing } from './invocation.js';
import { liveConversation } from './conversations/live.js';
import { nestedCalls } from './nested-calls.js';
import { logQuestion } from './observing/log-question.js';
import { observe } from './observing/observe.js';
import { TracedConversation } from './observing/traced-conversation.js';
import { ownToolsOf } from './own-tools.js';
import type { Reach } from './reach/reach.js';
import { RefusingConversation } from './conversations/refusing.js';
import { playRound, roundOf, type Round, type RoundsOptions, stateOpener } from './rounds.js';
import { conversationUnder, exchangeUnder } from './conversations/under-options.js';
import { Verdicts } from './verdicts.js';

export interface RequestParts extends RoundsOptions {
  readonly surroundings: Surroundings;
  readonly middleware: readonly Middleware[];
}

/** What has arrived, and what its caller could reach then. */
export interface Arrived {
  readonly call: Call;
  readonly reach: Reach;
  readonly exchange: Exchange;
}

/** A call on its way, by a client or by a handler, and what its Contexts are made of. */
interface Way {
  readonly exchange: Exchange;
  readonly conversation: Conversation;
  readonly nested: boolean;
  readonly state: StateLayer;
}

/** One arriving request while it is answered: through its middleware to its handler, and back. */
export class RunningRequest {
  private readonly scope: RequestScope;
  /** As this request sees them. */
  private readonly surroundings: Surroundings;
  private readonly open: ReturnType<typeof stateOpener>;
  private readonly verdicts: Verdicts;

  constructor(
    private readonly parts: RequestParts,
    private readonly arrived: Arrived,
  ) {
    const { call, exchange } = arrived;
    this.open = stateOpener(call, exchange, parts.sealer);
    const { watch, log } = observe(parts.surroundings, arrived);
    this.surroundings = { ...parts.surroundings, log };
    this.scope = new RequestScope(exchange, this.surroundings, () => roundOf(this.open), watch);
    this.verdicts = new Verdicts(exchange, log, watch);
  }

  /** Never rejects. */
  async answer<R extends Result>(find: () => Invocation<R>): Promise<Outcome<R>> {
    const { watch, round } = this.scope;
    const outcome = await watch.run(() => this.outcomeOf(find));
    watch.end(outcome, round, this.arrived.exchange.signal.aborted);
    if (outcome.kind === 'suspended')
      for (const question of Object.values(outcome.questions)) logQuestion(this.surroundings.log, question);
    return outcome;
  }

  private async outcomeOf<R extends Result>(find: () => Invocation<R>): Promise<Outcome<R>> {
    const { call, exchange } = this.arrived;
    let invocation: Invocation<R>;
    try {
      invocation = orFailing(call, find);
    } catch (thrown) {
      return this.verdicts.fail(thrown, { where: call.method });
    }
    const { state } = this.scope;
    const way = { exchange, state, nested: false, conversation: new RefusingConversation(() => false) };
    const outcome = await this.around(invocation, way, (options) => this.play(invocation, options));
    await this.scope.end(outcome.kind === 'suspended' ? 'suspended' : 'answered');
    return outcome;
  }

  /** Takes a call through its middleware; costs nothing where there is none. */
  private async around<R extends Result>(
    invocation: Invocation<R>,
    way: Way,
    play: (options: readonly NextOptions[]) => Promise<Outcome<R>>,
  ): Promise<Outcome<R>> {
    if (this.parts.middleware.length + invocation.middleware.length === 0) return play([]);
    let own: R | undefined;
    const outcome = await this.within(invocation, way, (context) =>
      throughMiddleware<R>({
        method: invocation.call.method,
        layers: [...this.parts.middleware, ...invocation.middleware],
        context,
        log: this.surroundings.log,
        play: async (options) => {
          const played = await play(options);
          if (played.kind === 'result') own = played.result;
          return played;
        },
        classify: (thrown, where) =>
          this.verdicts[way.nested ? 'classify' : 'fail'](thrown, { ...invocation, where }),
        onIgnored: (thrown, where) => this.verdicts.ignore(thrown, where),
      }),
    );
    if (outcome.kind !== 'result' || outcome.result === own) return outcome;
    return this.verdicts.check(invocation, outcome.result);
  }

  private async play<R extends Result>(
    invocation: Invocation<R>,
    options: readonly NextOptions[],
  ): Promise<Outcome<R>> {
    const exchange = exchangeUnder(this.arrived.exchange, options);
    const handler = (outer: Conversation) => {
      const traced = TracedConversation.of(outer, this.scope.watch, exchange);
      const conversation = conversationUnder(traced, exchange, options);
      const way = { exchange, conversation, nested: false, state: this.scope.state };
      return this.runHandler(invocation, way);
    };
    try {
      if (exchange.era === 'modern' && invocation.canAsk)
        return await playRound({
          invocation,
          exchange,
          options: this.parts,
          open: this.open,
          handler,
          ...this.checkAfter(invocation),
          classify: (thrown) => this.verdicts.fail(thrown, invocation),
          onAnswers: (answers, ms) => this.scope.watch.answered(answers, ms),
        });
      const observers = { watch: this.scope.watch, log: this.surroundings.log };
      const live = liveConversation(invocation.canAsk, exchange, observers);
      return { kind: 'result', result: await handler(live) };
    } catch (thrown) {
      return this.verdicts.fail(thrown, invocation);
    }
  }

  /** In development: plays the first round again, as it would have been if nothing of it had been seen yet. */
  private checkAfter<R extends Result>(invocation: Invocation<R>): Pick<Round<R>, 'onFirstSuspension'> {
    const { devCheck, surroundings } = this.parts;
    if (devCheck === undefined) return {};
    const state = this.scope.state.copy();
    const rehearse = (conversation: Conversation, signal: AbortSignal) => {
      const exchange = silentExchange(this.arrived.exchange, signal);
      const parts = { ...this.parts, surroundings: silentSurroundings(surroundings) };
      const request = new RunningRequest(parts, { ...this.arrived, exchange });
      const way = { exchange, conversation, nested: false, state };
      return request.within(invocation, way, (context) => invocation.run(context));
    };
    return { onFirstSuspension: (first) => devCheck.begin(invocation.where, first, rehearse) };
  }

  private async runHandler<R extends Result>(invocation: Invocation<R>, way: Way): Promise<R> {
    const { signal } = way.exchange;
    // middleware may have waited for long
    if (signal.aborted) throw new CancelledError(signal.reason);
    return this.within(invocation, way, (context) => invocation.run(context));
  }

  /** Runs code with a Context that ends with it. */
  private async within<R extends Result, T>(
    { where, call }: Invocation<R>,
    way: Way,
    run: (context: Context) => Promise<T>,
  ): Promise<T> {
    const { scope, surroundings } = this;
    const calls = this.callsFrom(way);
    const ownTools = ownToolsOf(this.arrived.reach, where, (conversation) =>
      this.callsFrom({ ...way, conversation }),
    );
    const context = new RequestContext({ ...way, where, call, surroundings, calls, ownTools, scope });
    try {
      return await run(context);
    } finally {
      context.end();
    }
  }

  private callsFrom({ exchange: outer, conversation, state: below }: Way): NestedCalls {
    // the client asked for progress of the outer call; a nested one would mix its own numbers in
    const exchange = { ...outer, progressToken: undefined };
    const wayOf = (own: Conversation, state: StateLayer): Way => ({
      exchange,
      conversation: own,
      nested: true,
      state,
    });
    return nestedCalls({
      reach: this.arrived.reach,
      conversation,
      classify: (thrown, invocation) => this.verdicts.classify(thrown, invocation),
      call: (invocation, own, settle) => {
        const state = new StateLayer(below);
        const silent = new RefusingConversation(() => own.muted);
        return this.around(invocation, wayOf(silent, state), (options) =>
          settle(
            this.runHandler(invocation, {
              ...wayOf(conversationUnder(own, exchange, options), state),
              exchange: exchangeUnder(exchange, options),
            }),
          ),
        );
      },
    });
  }
}
