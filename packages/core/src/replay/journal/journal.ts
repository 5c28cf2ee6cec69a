import type { StepFailure } from '../steps/step-result.js';

/** Something the handler got to know in an earlier round and must get to know again. */
export type JournalEntry =
  | { kind: 'answer'; key: string; value: unknown }
  | { kind: 'refused'; key: string; reason: string }
  | { kind: 'value'; key: string; value?: unknown }
  | { kind: 'failure'; key: string; failure: StepFailure };

/** A question that was sent to the client. Only an answer to one of these counts. */
export interface IssuedAsk {
  /** Its name in the journal, which holds the fingerprint of what was asked. */
  key: string;
  /** Its name on the wire, where it differs: the user's own, unique within the round. */
  wire: string;
}

/** What travels sealed in `requestState` between two rounds of one call. */
export interface JournalState {
  /** Names the call; the same in all its rounds. */
  flow: string;
  /** How many rounds were answered with questions so far. */
  round: number;
  entries: JournalEntry[];
  issued: IssuedAsk[];
  /** When they were, in epoch milliseconds. */
  issuedAt: number;
}
