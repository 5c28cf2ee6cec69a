import { randomUUID } from 'node:crypto';
// not the global: see attempt.ts
import { clearTimeout, setTimeout } from 'node:timers';
import { Attempt } from './attempt.js';
import type { Conversation, WireRequest } from './conversations/conversation.js';
import { EarlyAnswers } from './conversations/early-answers.js';
import { CancelledError } from './errors.js';
import type { JournalEntry, JournalState } from './journal/journal.js';
import { ReplayedConversation } from './conversations/replayed-conversation.js';

export interface PlayOptions {
  /** `Class.method`, for the messages. */
  where: string;
  /** What the client brought back; undefined on the first call. */
  state?: JournalState;
  /** The client's answers by key; those to issued questions count, and on a new call those to `inAdvance` ones. */
  answers: Readonly<Record<string, unknown>>;
  /** Steps that an interrupted playing of this round has done already. */
  doneSteps?: readonly JournalEntry[];
  onStep: (entry: JournalEntry) => void;
  signal: AbortSignal;
  graceMs: number;
}

export type Played<R> =
  | { kind: 'finished'; value: R }
  | { kind: 'suspended'; questions: Record<string, WireRequest>; state: JournalState };

/** How long a suspended handler may take to run its `finally` blocks (locks!) before the client is answered. */
const unwindMs = 250;

/** Plays a handler once. Throws what the handler throws, DivergenceError, or CancelledError. */
export async function play<R>(
  options: PlayOptions,
  handler: (conversation: Conversation) => Promise<R>,
): Promise<Played<R>> {
  const { state, signal } = options;
  const flow = state?.flow ?? randomUUID();
  const entries = [...(state?.entries ?? []), ...answered(options), ...(options.doneSteps ?? [])];
  const attempt = new Attempt(options.where, entries, options.graceMs);
  const early = state === undefined ? new EarlyAnswers(options.answers) : undefined;
  const running = handler(new ReplayedConversation({ flow, attempt, signal, onStep: options.onStep, early }));
  const ended = running.then(
    () => attempt.returned(),
    () => attempt.threw(),
  );
  await Promise.race([ended, attempt.settled]);
  if (attempt.isSuspended) {
    await atMost(unwindMs, ended);
    if (signal.aborted) throw new CancelledError(signal.reason);
    const questions = attempt.questions;
    return {
      kind: 'suspended',
      questions: Object.fromEntries(questions.map(({ wire, request }) => [wire, request])),
      state: {
        flow,
        round: (state?.round ?? 0) + 1,
        entries: attempt.entries,
        issued: questions.map(({ key, wire }) => ({ key, wire })),
        issuedAt: Date.now(),
      },
    };
  }
  attempt.throwIfDiverged();
  return { kind: 'finished', value: await running };
}

/** The answers that count: those to questions this call has really asked. */
export function answered({ state, answers }: Pick<PlayOptions, 'state' | 'answers'>): JournalEntry[] {
  return (state?.issued ?? [])
    .filter(({ wire }) => Object.hasOwn(answers, wire))
    .map(({ key, wire }) => ({ kind: 'answer', key, value: answers[wire] }));
}

async function atMost(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([promise, limit]);
  clearTimeout(timer);
}
