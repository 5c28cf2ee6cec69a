import { askUntilValid } from './ask-until-valid.js';
import type { Attempt } from './attempt.js';
import { digest } from './canonical.js';
import type { Ask, Conversation, Verdict } from './conversation.js';
import { CancelledError, SuspendedError } from './errors.js';
import { handled } from './handled.js';
import type { JournalEntry } from './journal.js';
import { KeyNames } from './key-names.js';
import { describeFailure, reviveFailure, toJournal } from './step-result.js';
import type { Json, StepInfo } from './step-types.js';

/** What all conversations of one attempt share. */
export interface AttemptScope {
  readonly flow: string;
  readonly attempt: Attempt;
  readonly signal: AbortSignal;
  /** Told of each step's entry as soon as it is known. */
  readonly onStep: (entry: JournalEntry) => void;
}

/** Modern: an ask is answered from the journal, or parks until the client has answered it. */
export class ReplayedConversation implements Conversation {
  private readonly names: KeyNames;

  constructor(
    private readonly scope: AttemptScope,
    private readonly prefix = '',
  ) {
    this.names = new KeyNames(prefix);
  }

  get muted(): boolean {
    return this.scope.attempt.muted;
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    return handled(this.converse(ask));
  }

  step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    return handled(this.runStep(name, run));
  }

  nested(fingerprint: string): Conversation {
    return new ReplayedConversation(this.scope, this.names.forNestedCall(fingerprint));
  }

  private async converse<T>(ask: Ask<T>): Promise<T> {
    const { attempt } = this.scope;
    this.throwIfClosed();
    const key = this.names.forAsk(ask.kind, digest([ask.kind, ask.request()]), ask.key);
    return askUntilValid(ask, async (tries, refusal): Promise<Verdict<T>> => {
      this.throwIfClosed();
      if (this.scope.signal.aborted) throw new CancelledError(this.scope.signal.reason);
      const name = tries === 0 ? key : `${key}!${tries}`;
      const entry = attempt.take(name);
      switch (entry?.kind) {
        case 'answer':
          return this.checkAnswer(ask, entry);
        case 'refused':
          return { ok: false, reason: entry.reason };
        default:
          return attempt.park({
            key: name,
            wire: ask.key === undefined ? name : `${this.prefix}${ask.key}`,
            describe: ask.describe,
            request: ask.request(refusal),
          });
      }
    });
  }

  /** A refused answer leaves only its reason in the journal: it may be large, and nobody needs it again. */
  private checkAnswer<T>(ask: Ask<T>, entry: JournalEntry & { kind: 'answer' }): Promise<Verdict<T>> {
    return this.scope.attempt.whileBusy(async () => {
      const verdict = await ask.check(entry.value);
      if (!verdict.ok) {
        this.scope.attempt.record({ kind: 'refused', key: entry.key, reason: verdict.reason });
      }
      return verdict;
    });
  }

  private async runStep<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    this.throwIfClosed();
    const { attempt, flow, signal } = this.scope;
    const key = this.names.forStep(name, attempt.isBusy);
    const entry = attempt.take(key);
    if (entry?.kind === 'value') return entry.value as Json<T>; // written by this very step in an earlier attempt
    if (entry?.kind === 'failure') throw reviveFailure(entry.failure);
    if (signal.aborted) throw new CancelledError(signal.reason);
    return attempt.whileBusy(async () => {
      try {
        const value = toJournal(name, await run({ idempotencyKey: digest([flow, key], 32) }));
        this.remember({ kind: 'value', key, ...(value !== undefined && { value }) });
        return value as Json<T>; // Json<T> is by definition what JSON leaves of T
      } catch (thrown) {
        const failure = describeFailure(thrown);
        this.remember({ kind: 'failure', key, failure });
        throw reviveFailure(failure, thrown);
      }
    });
  }

  private remember(entry: JournalEntry): void {
    this.scope.attempt.record(entry);
    this.scope.onStep(entry);
  }

  /** After the commit nothing may be asked or done any more, whatever a `catch` or `finally` tries. */
  private throwIfClosed(): void {
    this.scope.attempt.throwIfDiverged();
    if (!this.scope.attempt.isOpen) throw new SuspendedError();
  }
}
