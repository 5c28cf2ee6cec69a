import type { StepFailure } from './step-result.js';

/** Something the handler got to know in an earlier round and must get to know again. */
export type JournalEntry =
  | { kind: 'answer'; key: string; fingerprint: string; value: unknown }
  | { kind: 'refused'; key: string; fingerprint: string; reason: string }
  | { kind: 'value'; key: string; value?: unknown }
  | { kind: 'failure'; key: string; failure: StepFailure };

/** A question that was sent to the client. Only an answer to one of these counts. */
export interface IssuedAsk {
  key: string;
  fingerprint: string;
  describe: string;
}

/** What travels sealed in `requestState` between two rounds of one call. */
export interface JournalState {
  /** Names the call; the same in all its rounds. */
  flow: string;
  /** How many rounds were answered with questions so far. */
  round: number;
  entries: JournalEntry[];
  issued: IssuedAsk[];
}
