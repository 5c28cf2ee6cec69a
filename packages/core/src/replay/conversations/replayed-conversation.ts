import { askUntilValid } from './ask-until-valid.js';
import type { Attempt } from '../attempt.js';
import { digest } from '../journal/canonical.js';
import type { Ask, Conversation, Verdict } from './conversation.js';
import type { EarlyAnswers } from './early-answers.js';
import { CancelledError, SuspendedError } from '../errors.js';
import { handled } from '../handled.js';
import type { JournalEntry } from '../journal/journal.js';
import { insideStep, refuseInsideStep } from './inside-step.js';
import { KeyNames } from '../journal/key-names.js';
import { Lane } from './lane.js';
import { describeFailure, reviveFailure, toJournal } from '../steps/step-result.js';
import type { Json, StepInfo } from '../steps/step-types.js';

/** What all conversations of one attempt share. */
export interface AttemptScope {
  readonly flow: string;
  readonly attempt: Attempt;
  readonly signal: AbortSignal;
  /** Told of each step's entry as soon as it is known. */
  readonly onStep: (entry: JournalEntry) => void;
  /** There on a new call only. */
  readonly early?: EarlyAnswers | undefined;
  /** See rehearse(): no step runs. */
  readonly isRehearsal?: boolean;
}

/** Modern: an ask is answered from the journal, or parks until the client has answered it. */
export class ReplayedConversation implements Conversation {
  private readonly names: KeyNames;

  constructor(
    private readonly scope: AttemptScope,
    private readonly prefix = '',
    private readonly lane = new Lane(),
  ) {
    this.names = new KeyNames(prefix);
  }

  get muted(): boolean {
    return this.scope.attempt.muted;
  }

  ask<T>(ask: Ask<T>): Promise<T> {
    return handled(this.lane.track(() => this.converse(ask)));
  }

  step<T>(name: string, run: (info: StepInfo) => T | Promise<T>): Promise<Json<T>> {
    return handled(this.runStep(name, run));
  }

  nested(fingerprint: string): Conversation {
    return new ReplayedConversation(this.scope, this.names.forNestedCall(fingerprint), this.lane);
  }

  once<T>(name: string, run: (inner: Conversation) => Promise<T>): Promise<Json<T>> {
    return handled(this.lane.track(() => this.runOnce(name, run)));
  }

  private async converse<T>(ask: Ask<T>): Promise<T> {
    const { attempt } = this.scope;
    this.throwIfClosed();
    refuseInsideStep(`The question ${ask.describe}`);
    const key = this.names.forAsk(ask.kind, digest([ask.kind, ask.request()]), ask.key);
    return askUntilValid(ask, async (tries, refusal): Promise<Verdict<T>> => {
      this.throwIfClosed();
      if (this.scope.signal.aborted) throw new CancelledError(this.scope.signal.reason);
      const name = tries === 0 ? key : `${key}!${tries}`;
      const wire = ask.key === undefined ? name : `${this.prefix}${ask.key}`;
      if (ask.inAdvance) await this.takeEarly(ask, name, wire);
      const entry = attempt.take(name);
      switch (entry?.kind) {
        case 'answer':
          return this.checkAnswer(ask, entry);
        case 'refused':
          return { ok: false, reason: entry.reason };
        default:
          this.lane.onPark();
          return attempt.park({
            key: name,
            wire,
            describe: ask.describe,
            request: ask.request(refusal),
          });
      }
    });
  }

  /** An answer that breaks the form is as good as none: its question is asked as if it had not come. */
  private async takeEarly<T>(ask: Ask<T>, key: string, wire: string): Promise<void> {
    const { attempt, early } = this.scope;
    const given = early?.take(wire);
    if (given === undefined) return;
    const { ok } = await attempt.whileBusy(() => ask.check(given.value));
    if (ok) attempt.record({ kind: 'answer', key, value: given.value });
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
    refuseInsideStep(`ctx.step("${name}")`);
    const { attempt, flow, signal } = this.scope;
    const key = this.names.forStep(name, this.lane.isBusy);
    const entry = attempt.take(key);
    if (entry?.kind === 'value') return entry.value as Json<T>; // written by this very step in an earlier attempt
    if (entry?.kind === 'failure') throw reviveFailure(entry.failure);
    if (this.scope.isRehearsal) throw attempt.diverge(`the step "${name}" came instead`);
    if (signal.aborted) throw new CancelledError(signal.reason);
    const work = async () => {
      try {
        const value = toJournal(
          name,
          await insideStep(name, () => run({ idempotencyKey: digest([flow, key], 32) })),
        );
        this.remember({ kind: 'value', key, ...(value !== undefined && { value }) });
        return value as Json<T>; // Json<T> is by definition what JSON leaves of T
      } catch (thrown) {
        // broken off, not failed: the client may come back with the same state
        if (signal.aborted) throw new CancelledError(signal.reason);
        const failure = describeFailure(thrown);
        this.remember({ kind: 'failure', key, failure });
        throw reviveFailure(failure, thrown);
      }
    };
    return this.lane.track(() => attempt.whileBusy(work));
  }

  /** Keeps the round open until it has ended or waits for the client, as a step does; what it asks parks as usual. */
  private async runOnce<T>(name: string, run: (inner: Conversation) => Promise<T>): Promise<Json<T>> {
    this.throwIfClosed();
    const { attempt, signal } = this.scope;
    const prefix = this.names.forNestedCall(name);
    const key = `${prefix}value`;
    const entry = attempt.take(key);
    if (entry?.kind === 'value') {
      attempt.forgetParts(prefix, key);
      return entry.value as Json<T>; // written below in an earlier attempt
    }
    if (signal.aborted) throw new CancelledError(signal.reason);
    const leave = attempt.stayOpen();
    const lane = new Lane(() => {
      leave();
      this.lane.onPark();
    });
    try {
      const value = toJournal(name, await run(new ReplayedConversation(this.scope, prefix, lane)));
      this.remember({ kind: 'value', key, ...(value !== undefined && { value }) });
      attempt.forgetParts(prefix, key);
      return value as Json<T>; // Json<T> is by definition what JSON leaves of T
    } finally {
      leave();
    }
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
