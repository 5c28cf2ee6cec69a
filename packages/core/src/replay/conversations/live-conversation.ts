import { randomUUID } from 'node:crypto';
import { askUntilValid } from './ask-until-valid.js';
import { digest } from '../journal/canonical.js';
import type { Ask, Conversation, WireRequest } from './conversation.js';
import { CancelledError } from '../errors.js';
import { handled } from '../handled.js';
import { insideStep, refuseInsideStep } from './inside-step.js';
import { KeyNames } from '../journal/key-names.js';
import { Lane } from './lane.js';
import { describeFailure, reviveFailure, toJournal } from '../steps/step-result.js';
import type { Json, StepInfo } from '../steps/step-types.js';

/** Sends one request to the client and waits for its answer. */
export type SendToClient = (request: WireRequest, timeout: number) => Promise<unknown>;

/** What the conversations of one call share. */
interface LiveScope {
  readonly send: SendToClient;
  readonly signal: AbortSignal;
  readonly flow: string;
}

/** Legacy: an ask is a request on the live connection, and the handler simply waits. */
export class LiveConversation implements Conversation {
  readonly muted = false;
  private readonly names: KeyNames;

  private constructor(
    private readonly scope: LiveScope,
    prefix = '',
    private readonly lane = new Lane(),
  ) {
    this.names = new KeyNames(prefix);
  }

  static of(send: SendToClient, signal: AbortSignal): LiveConversation {
    return new LiveConversation({ send, signal, flow: randomUUID() });
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    return handled(this.lane.track(() => this.converse(ask)));
  }

  step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    return handled(this.runStep(name, run));
  }

  nested(fingerprint: string): Conversation {
    return new LiveConversation(this.scope, this.names.forNestedCall(fingerprint), this.lane);
  }

  once<T>(name: string, run: (inner: Conversation) => Promise<T>): Promise<Json<T>> {
    const inner = new LiveConversation(this.scope, this.names.forNestedCall(name), new Lane());
    const work = async () => toJournal(name, await run(inner)) as Json<T>; // see runStep
    return handled(this.lane.track(work));
  }

  private async converse<T>(ask: Ask<T>): Promise<T> {
    refuseInsideStep(`The question ${ask.describe}`);
    const { send, signal } = this.scope;
    // the name is not needed here, but a malformed key must fail in both eras
    this.names.forAsk(ask.kind, '', ask.key);
    return askUntilValid(ask, async (_tries, refusal) => {
      if (signal.aborted) throw new CancelledError(signal.reason);
      return ask.check(await send(ask.request(refusal), ask.timeout));
    });
  }

  private async runStep<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    refuseInsideStep(`ctx.step("${name}")`);
    const { signal, flow } = this.scope;
    const key = this.names.forStep(name, this.lane.isBusy);
    if (signal.aborted) throw new CancelledError(signal.reason);
    return this.lane.track(async () => {
      try {
        const value = await insideStep(name, () => run({ idempotencyKey: digest([flow, key], 32) }));
        return toJournal(name, value) as Json<T>; // Json<T> is by definition what JSON leaves of T
      } catch (thrown) {
        if (signal.aborted) throw new CancelledError(signal.reason);
        throw reviveFailure(describeFailure(thrown), thrown);
      }
    });
  }
}
