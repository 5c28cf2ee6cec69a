import type { CallRecord, ClientLog, ProgressReport } from './call-record.js';
import { StepRuns } from '../looking/step-runs.js';
import type { ModelRequest } from '../script/scripted-model.js';
import type { AskedQuestion } from '../script/question.js';

/** A call of a tool, a resource or a prompt. Await it for the answer; what was seen on the way is here. */
export class Call<R extends object> implements PromiseLike<R> {
  constructor(
    private readonly record: CallRecord,
    private readonly answer: Promise<R>,
    private readonly read: (answer: R) => string,
  ) {}

  /** Rejects with what the server refused the call with, and with TEST_SCRIPT when a script did not fit. */
  // oxlint-disable-next-line unicorn/no-thenable -- to be awaited is what it is for
  then<A = R, B = never>(
    onAnswer?: ((answer: R) => A | PromiseLike<A>) | null,
    onFailure?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.seen().then(onAnswer, onFailure);
  }

  /** The text of the answer, also of one with `isError`. */
  async text(): Promise<string> {
    return this.read(await this.seen());
  }

  /** The `structuredContent` of a tool's answer; undefined where it has none. */
  async structured(): Promise<unknown> {
    const { structuredContent } = (await this.seen()) as { structuredContent?: unknown };
    return structuredContent;
  }

  /** Whether the answer is there, or the call has failed. */
  get isOver(): boolean {
    return this.record.isOver;
  }

  /** How many requests the call took. On legacy always 1. */
  get rounds(): number {
    return this.record.rounds;
  }

  /** What the user was asked, in order, with the replies. */
  get questions(): readonly AskedQuestion[] {
    return this.record.questions;
  }

  /** What the client's model was asked, in order. */
  get modelRequests(): readonly ModelRequest[] {
    return this.record.modelRequests;
  }

  /** The log messages that the client got. */
  get logs(): readonly ClientLog[] {
    return this.record.logs;
  }

  /** The progress that the client got. */
  get progress(): readonly ProgressReport[] {
    return this.record.progress;
  }

  /** How often the function of a `ctx.step` ran in this call, also below nested calls. A remembered value is no run. */
  steps(name: string): StepRuns {
    return new StepRuns(name, this.record);
  }

  private seen(): Promise<R> {
    this.record.isSeen = true;
    return this.answer;
  }
}
