import type { Call, Exchange } from '../context/index.js';
import type { Outcome, Result } from '../middleware/index.js';
import {
  answered,
  canonical,
  type Conversation,
  digest,
  type JournalEntry,
  type JournalState,
  play,
  type Played,
  type RoundLedger,
  type Sealer,
  StateRejectedError,
  StateTooLargeError,
  type SuspendedRound,
} from '../replay/index.js';
import type { DevCheck } from './dev-check.js';
import type { Invocation } from './invocation.js';

export interface RoundsOptions {
  /** Made when the first call suspends or comes back: a server that never asks needs no key. */
  readonly sealer: () => Sealer;
  readonly ledger: RoundLedger;
  /** How long untracked I/O may take to reach a question that is answered already, in milliseconds. */
  readonly graceMs: number;
  /** In development only. */
  readonly devCheck?: DevCheck | undefined;
}

/** The state that a client brought back. */
export interface OpenedState {
  readonly state: JournalState;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/**
 * Opens the state that came with a request, once, when first asked to; undefined for a new call.
 * What it returns throws StateRejectedError.
 */
export function stateOpener(
  call: Call,
  { era, requestState, principal }: Exchange,
  sealer: RoundsOptions['sealer'],
): () => OpenedState | undefined {
  let opened: OpenedState | undefined;
  return () => {
    if (requestState === undefined || era === 'legacy' || opened) return opened;
    const { content, expires } = sealer().open(requestState, bindingOf(call, principal));
    return (opened = { state: content as JournalState, expires }); // authenticated: this server wrote it
  };
}

/** 1 for a new call; one more each time its client comes back. A state that does not open makes no later round. */
export function roundOf(open: () => OpenedState | undefined): number {
  try {
    return (open()?.state.round ?? 0) + 1;
  } catch {
    return 1; // whoever plays the request will say what is wrong with its state
  }
}

export interface Round<R extends Result> {
  invocation: Invocation<R>;
  exchange: Exchange;
  options: RoundsOptions;
  /** See stateOpener. */
  open: () => OpenedState | undefined;
  handler: (conversation: Conversation) => Promise<R>;
  /** Told when the first round of a call ends in questions. */
  onFirstSuspension?: (played: SuspendedRound) => void;
  /** Turns what was thrown into the outcome of the round. */
  classify: (thrown: unknown) => Outcome<R>;
  /** Told of the answers that came back, and of the milliseconds that they took. */
  onAnswers: (answers: readonly unknown[], ms: number) => void;
}

/**
 * Modern: plays one round of a call. Opens the state before anything else is looked at; a round whose steps ran before
 * is answered from the ledger. A call that never asks comes through here without a digest and without a key.
 */
export async function playRound<R extends Result>(round: Round<R>): Promise<Outcome<R>> {
  const { exchange, options } = round;
  const opened = round.open();
  if (opened === undefined) return playOnce(round, undefined, [], () => {});
  const { state, expires } = opened;
  const answers = answered({ state, answers: exchange.inputResponses });
  // when it was asked is no part of what was asked: a round sent twice is one round
  const { issuedAt: _, ...journal } = state;
  const input = digest([journal, answers], 43);
  const claim = await options.ledger.claim(`${state.flow}:${state.round}`, input, expires);
  switch (claim.kind) {
    case 'refused':
      throw new StateRejectedError('other answers');
    case 'played':
      return claim.outcome as Outcome<R>; // remembered below
    case 'yours': {
      round.onAnswers(
        answers.flatMap((entry) => (entry.kind === 'answer' ? [entry.value] : [])),
        Math.max(0, Date.now() - state.issuedAt),
      );
      const steps: JournalEntry[] = [];
      let outcome: Outcome<R> | undefined;
      try {
        outcome = await playOnce(round, state, claim.doneSteps, (entry) => steps.push(entry));
        return outcome;
      } finally {
        // a playing that the client broke off has no outcome worth keeping; its steps are still done
        await claim.release({ steps, ...(outcome && !exchange.signal.aborted && { outcome }) });
      }
    }
  }
}

async function playOnce<R extends Result>(
  round: Round<R>,
  state: JournalState | undefined,
  doneSteps: readonly JournalEntry[],
  onStep: (entry: JournalEntry) => void,
): Promise<Outcome<R>> {
  const { invocation, exchange, options, handler, classify } = round;
  const { where } = invocation;
  const { signal, inputResponses: answers } = exchange;
  try {
    const played = await play(
      { where, state, answers, doneSteps, onStep, signal, graceMs: options.graceMs },
      handler,
    );
    if (played.kind === 'finished') return { kind: 'result', result: played.value };
    const outcome = seal(round, played);
    if (state === undefined) round.onFirstSuspension?.(played);
    return outcome;
  } catch (thrown) {
    return classify(thrown);
  }
}

function seal<R extends Result>(round: Round<R>, played: Played<R> & { kind: 'suspended' }): Outcome<R> {
  const sealer = round.options.sealer();
  const { token, bytes } = sealer.seal(
    played.state,
    bindingOf(round.invocation.call, round.exchange.principal),
  );
  if (bytes > sealer.maxBytes)
    throw new StateTooLargeError(round.invocation.where, bytes, sealer.maxBytes, largest(played.state));
  return { kind: 'suspended', questions: played.questions, requestState: token };
}

/** State opens only for the same method, target, arguments and principal. */
function bindingOf(call: Call, principal: string): string {
  switch (call.method) {
    case 'tools/call':
    case 'prompts/get':
      return canonical([call.method, call.name, digest(call.arguments, 43), principal]);
    case 'resources/read':
      return canonical([call.method, call.uri, digest(null, 43), principal]);
    default:
      return canonical([call.method, '', '', principal]); // they never suspend
  }
}

function largest({ entries }: JournalState): string[] {
  return entries
    .map((entry) => ({ key: entry.key, bytes: JSON.stringify(entry).length }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ key, bytes }) => `${key} (${bytes} bytes)`);
}
