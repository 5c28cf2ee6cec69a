import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../errors/index.js';
import { Attempt, type ParkedAsk } from './attempt.js';
import type { Conversation, WireRequest } from './conversations/conversation.js';
import { DivergenceError } from './errors.js';
import type { Played } from './play.js';
import { ReplayedConversation } from './conversations/replayed-conversation.js';

export type SuspendedRound = Played<unknown> & { kind: 'suspended' };

export interface RehearsalOptions {
  /** `Class.method`, for the messages. */
  where: string;
  /** How the first round ended. */
  first: SuspendedRound;
  /** Gives the rehearsal up. */
  signal: AbortSignal;
  /** How long untracked I/O may take to reach a question that was asked in the first round, in milliseconds. */
  graceMs: number;
}

/** What a handler asked in the first round and not again, and what it did instead. */
export interface Difference {
  readonly asked: readonly string[];
  readonly instead: readonly string[];
}

/**
 * Plays a first round again, with the values of its steps and without an answer; no step runs. The caller sees to
 * it that the handler reaches nobody. One that does not ask the same again would diverge when its client comes back. Never rejects.
 */
export async function rehearse(
  { where, first, signal, graceMs }: RehearsalOptions,
  handler: (conversation: Conversation) => Promise<unknown>,
): Promise<Difference | undefined> {
  const attempt = new Attempt(where, first.state.entries, graceMs);
  const commit = attempt.stayOpen(); // lanes of the first round may be slower than the one that asks first
  const { flow } = first.state;
  const end = endOf(
    handler(new ReplayedConversation({ flow, attempt, signal, onStep: () => {}, isRehearsal: true })),
    attempt,
  );
  await Promise.race([end, attempt.settled, allAsked(attempt, first, signal, graceMs)]);
  commit();
  const ending = await Promise.race([end, attempt.settled, aborted(signal)]);
  if (signal.aborted) return undefined;
  const { asked, other } = compare(first, attempt.questions);
  if (asked.length === 0 && attempt.isSuspended) return undefined;
  return difference(asked, other, ending ?? whatDiverged(attempt));
}

/** How the handler ended, in words; what a suspended attempt throws says nothing. */
function endOf(running: Promise<unknown>, attempt: Attempt): Promise<string | undefined> {
  return running.then(
    () => {
      const wasOpen = attempt.isOpen;
      attempt.returned();
      return wasOpen ? 'nothing: the handler ended' : undefined;
    },
    (thrown: unknown) => {
      const wasOpen = attempt.isOpen;
      attempt.threw();
      return wasOpen ? `nothing: it threw ${JSON.stringify(messageOf(thrown))}` : undefined;
    },
  );
}

function whatDiverged(attempt: Attempt): string | undefined {
  try {
    attempt.throwIfDiverged();
    return undefined;
  } catch (thrown) {
    return thrown instanceof DivergenceError ? thrown.what : messageOf(thrown);
  }
}

async function allAsked(
  attempt: Attempt,
  first: SuspendedRound,
  signal: AbortSignal,
  graceMs: number,
): Promise<void> {
  const deadline = performance.now() + graceMs;
  while (!signal.aborted && performance.now() < deadline) {
    if (compare(first, attempt.questions).asked.length === 0) return;
    await delay(5);
  }
}

/** What was asked in the first round only, and what is asked now only. Keys hold the fingerprint of a question. */
function compare({ state, questions }: SuspendedRound, again: readonly ParkedAsk[]) {
  const before = new Set(state.issued.map(({ key }) => key));
  const now = new Set(again.map(({ key }) => key));
  return {
    asked: state.issued.flatMap(({ key, wire }) => (now.has(key) ? [] : (questions[wire] ?? []))),
    other: again.filter(({ key }) => !before.has(key)).map(({ request }) => request),
  };
}

function difference(
  asked: readonly WireRequest[],
  other: readonly WireRequest[],
  ending: string | undefined,
): Difference {
  const inWords = ({ method, params = {} }: WireRequest) =>
    `${method} ${JSON.stringify(params['message'] ?? params)}`;
  const soundAlike = JSON.stringify(asked.map(inWords)) === JSON.stringify(other.map(inWords));
  const tell = soundAlike ? (request: WireRequest) => JSON.stringify(request) : inWords;
  return { asked: asked.map(tell), instead: [...other.map(tell), ...(ending === undefined ? [] : [ending])] };
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
