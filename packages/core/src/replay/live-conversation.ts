import { randomUUID } from 'node:crypto';
import { askUntilValid } from './ask-until-valid.js';
import { digest } from './canonical.js';
import type { Ask, Conversation, WireRequest } from './conversation.js';
import { CancelledError } from './errors.js';
import { handled } from './handled.js';
import { KeyNames } from './key-names.js';
import { describeFailure, reviveFailure, toJournal } from './step-result.js';
import type { Json, StepInfo } from './step-types.js';

/** Sends one request to the client and waits for its answer. */
export type SendToClient = (request: WireRequest, timeout: number) => Promise<unknown>;

/** What the conversations of one call share. */
interface LiveScope {
  readonly send: SendToClient;
  readonly signal: AbortSignal;
  readonly flow: string;
  /** How many questions and steps are under way. */
  underWay: number;
}

/** Legacy: an ask is a request on the live connection, and the handler simply waits. */
export class LiveConversation implements Conversation {
  readonly muted = false;
  private readonly names: KeyNames;

  private constructor(
    private readonly scope: LiveScope,
    prefix: string,
  ) {
    this.names = new KeyNames(prefix);
  }

  static of(send: SendToClient, signal: AbortSignal): LiveConversation {
    return new LiveConversation({ send, signal, flow: randomUUID(), underWay: 0 }, '');
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    return handled(this.track(() => this.converse(ask)));
  }

  step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    return handled(this.runStep(name, run));
  }

  nested(fingerprint: string): Conversation {
    return new LiveConversation(this.scope, this.names.forNestedCall(fingerprint));
  }

  private async converse<T>(ask: Ask<T>): Promise<T> {
    const { send, signal } = this.scope;
    // the name is not needed here, but a malformed key must fail in both eras
    this.names.forAsk(ask.kind, '', ask.key);
    return askUntilValid(ask, async (_tries, refusal) => {
      if (signal.aborted) throw new CancelledError(signal.reason);
      return ask.check(await send(ask.request(refusal), ask.timeout));
    });
  }

  private async runStep<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    const { signal, flow, underWay } = this.scope;
    const key = this.names.forStep(name, underWay > 0);
    if (signal.aborted) throw new CancelledError(signal.reason);
    return this.track(async () => {
      try {
        const value = await run({ idempotencyKey: digest([flow, key], 32) });
        return toJournal(name, value) as Json<T>; // Json<T> is by definition what JSON leaves of T
      } catch (thrown) {
        throw reviveFailure(describeFailure(thrown), thrown);
      }
    });
  }

  private async track<T>(work: () => Promise<T>): Promise<T> {
    this.scope.underWay++;
    try {
      return await work();
    } finally {
      this.scope.underWay--;
    }
  }
}
