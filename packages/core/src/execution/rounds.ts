import type { Exchange } from '../context/index.js';
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
} from '../replay/index.js';
import type { Invocation } from './invocation.js';
import type { Outcome, Result } from './outcome.js';

export interface RoundsOptions {
  /** Made when the first call suspends or comes back: a server that never asks needs no key. */
  readonly sealer: () => Sealer;
  readonly ledger: RoundLedger;
  /** How long untracked I/O may take to reach a question that is answered already, in milliseconds. */
  readonly graceMs: number;
}

interface Round<R extends Result> {
  invocation: Invocation<R>;
  exchange: Exchange;
  options: RoundsOptions;
  handler: (conversation: Conversation) => Promise<R>;
  /** Turns what was thrown into the outcome of the round. */
  classify: (thrown: unknown) => Outcome<R>;
}

/**
 * Modern: plays one round of a call. Opens the state before anything else is looked at; a round whose steps ran before
 * is answered from the ledger. A call that never asks comes through here without a digest and without a key.
 */
export async function playRound<R extends Result>(round: Round<R>): Promise<Outcome<R>> {
  const { exchange, options } = round;
  if (exchange.requestState === undefined) return playOnce(round, undefined, [], () => {});
  const { content, expires } = options.sealer().open(exchange.requestState, bindingOf(round));
  const state = content as JournalState; // authenticated: this server wrote it
  const input = digest([state, answered({ state, answers: exchange.inputResponses })], 43);
  const claim = await options.ledger.claim(`${state.flow}:${state.round}`, input, expires);
  switch (claim.kind) {
    case 'refused':
      throw new StateRejectedError('other answers');
    case 'played':
      return claim.outcome as Outcome<R>; // remembered below
    case 'yours': {
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
  const { where } = invocation.entry.handler;
  const { signal, inputResponses: answers } = exchange;
  try {
    const played = await play(
      { where, state, answers, doneSteps, onStep, signal, graceMs: options.graceMs },
      handler,
    );
    return played.kind === 'finished' ? { kind: 'result', result: played.value } : seal(round, played);
  } catch (thrown) {
    return classify(thrown);
  }
}

function seal<R extends Result>(round: Round<R>, played: Played<R> & { kind: 'suspended' }): Outcome<R> {
  const sealer = round.options.sealer();
  const { token, bytes } = sealer.seal(played.state, bindingOf(round));
  if (bytes > sealer.maxBytes)
    throw new StateTooLargeError(
      round.invocation.entry.handler.where,
      bytes,
      sealer.maxBytes,
      largest(played.state),
    );
  return { kind: 'suspended', questions: played.questions, requestState: token };
}

/** State opens only for the same method, target, arguments and principal. */
function bindingOf<R extends Result>({ invocation, exchange }: Round<R>): string {
  return canonical([invocation.method, invocation.target, digest(invocation.args, 43), exchange.principal]);
}

function largest({ entries }: JournalState): string[] {
  return entries
    .map((entry) => ({ key: entry.key, bytes: JSON.stringify(entry).length }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ key, bytes }) => `${key} (${bytes} bytes)`);
}
