import { AssertionError } from 'node:assert';
import type { CallRecord } from '../client/call-record.js';

/** The runs of one step in one call. */
export class StepRuns {
  constructor(
    readonly name: string,
    private readonly record: CallRecord,
  ) {}

  /** The round of each run. */
  get rounds(): readonly number[] {
    return this.record.steps.get(this.name) ?? [];
  }

  get count(): number {
    return this.rounds.length;
  }

  /** Throws AssertionError unless the step ran exactly once in the whole call. The call must be over. */
  ranOnce(): void {
    this.ran(1);
  }

  /** Throws AssertionError if the step ran. The call must be over. */
  didNotRun(): void {
    this.ran(0);
  }

  /** Throws AssertionError unless the step ran so often. The call must be over. */
  ran(times: number): void {
    const isRight = this.count === times && this.record.isOver;
    if (isRight) return;
    throw new AssertionError({
      message: this.describe(times),
      actual: this.count,
      expected: times,
      operator: 'ran', // not one that Node writes messages of its own for
    });
  }

  /** One sentence or two on how often it ran, and how often it should have. */
  describe(expected: number): string {
    if (!this.record.isOver)
      return `The call is not over, so the step "${this.name}" may still run. Await the call first.`;
    const ran = `The step "${this.name}" ran ${often(this.count)}${inRounds(this.rounds)}, expected ${often(expected)}.`;
    if (this.count > 0) return ran;
    const others = [...this.record.steps.keys()].map((name) => `"${name}"`).join(', ');
    return others === '' ? `${ran} No step ran in this call.` : `${ran} These ran: ${others}.`;
  }
}

function often(times: number): string {
  if (times === 0) return 'never';
  return times === 1 ? 'once' : `${times} times`;
}

function inRounds(rounds: readonly number[]): string {
  if (rounds.length === 0) return '';
  return rounds.length === 1 ? ` (in round ${rounds[0]})` : ` (in rounds ${rounds.join(', ')})`;
}
