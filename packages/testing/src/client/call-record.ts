import type { LogLevel } from '@reprise/core';
import type { ModelRequest } from '../script/scripted-model.js';
import type { AskedQuestion, Question } from '../script/question.js';

/** A log message that the server sent to its client. */
export interface ClientLog {
  readonly level: LogLevel;
  readonly data: unknown;
  readonly logger?: string;
}

export interface ProgressReport {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/** What was seen of one call so far. */
export class CallRecord {
  constructor(
    /** Aborts when the test gives the call up. */
    readonly signal?: AbortSignal,
  ) {}

  rounds = 0;
  isOver = false;
  /** Whether anybody has awaited it. */
  isSeen = false;
  /** What went wrong in a script; it is why the call fails, whatever the server makes of it. */
  scriptFailure: unknown;
  readonly questions: AskedQuestion[] = [];
  readonly modelRequests: ModelRequest[] = [];
  /** The rounds in which the function of each step ran, once for each run. */
  readonly steps = new Map<string, number[]>();
  readonly logs: ClientLog[] = [];
  readonly progress: ProgressReport[] = [];

  asked(question: Question): AskedQuestion {
    const refusal = refusalIn(question, this.questions);
    const asked: AskedQuestion = { ...question, round: this.rounds, refusal, reply: undefined };
    this.questions.push(asked);
    return asked;
  }

  stepRan(name: string, round: number): void {
    this.steps.set(name, [...(this.steps.get(name) ?? []), round]);
  }
}

/** A question that is put again begins with the same words and then says why. */
function refusalIn({ message }: Question, before: readonly Question[]): string | undefined {
  const first = before.find((question) => message.startsWith(`${question.message}\n\n`));
  return first && message.slice(first.message.length).trim();
}
