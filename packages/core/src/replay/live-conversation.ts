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

/** Legacy: an ask is a request on the live connection, and the handler simply waits. */
export class LiveConversation implements Conversation {
  readonly muted = false;
  private readonly names: KeyNames;

  constructor(
    private readonly send: SendToClient,
    private readonly signal: AbortSignal,
    private readonly flow: string = randomUUID(),
    prefix = '',
  ) {
    this.names = new KeyNames(prefix);
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    return handled(this.converse(ask));
  }

  step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    return handled(this.runStep(name, run));
  }

  nested(fingerprint: string): Conversation {
    return new LiveConversation(this.send, this.signal, this.flow, this.names.forNestedCall(fingerprint));
  }

  private async converse<T>(ask: Ask<T>): Promise<T> {
    // the name is not needed here, but a malformed key must fail in both eras
    this.names.forAsk(ask.kind, '', ask.key);
    return askUntilValid(ask, async (_attempt, refusal) => {
      if (this.signal.aborted) throw new CancelledError(this.signal.reason);
      return ask.check(await this.send(ask.request(refusal), ask.timeout));
    });
  }

  private async runStep<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    const key = this.names.forStep(name);
    if (this.signal.aborted) throw new CancelledError(this.signal.reason);
    try {
      const value = await run({ idempotencyKey: digest([this.flow, key], 32) });
      return toJournal(name, value) as Json<T>; // Json<T> is by definition what JSON leaves of T
    } catch (thrown) {
      throw reviveFailure(describeFailure(thrown), thrown);
    }
  }
}
