import { LRUCache } from 'lru-cache';
import type { JournalEntry } from './journal.js';

/**
 * Remembers rounds in which a step ran, so that the same state sent again does nothing again: a lost answer, an
 * impatient client, or an old state in wrong hands. Rounds without steps are not remembered; they are free to repeat.
 * In memory by default; a fleet without sticky routing shares one by implementing this interface on its own store.
 * Outcomes and steps are JSON.
 */
export interface RoundLedger {
  /**
   * Claims a round. Waits while the same round is being played elsewhere.
   * @param round names call and round.
   * @param input digest of the journal and the answers; a round that was played with another input is `refused`.
   * @param expiresAt epoch milliseconds after which the state of this round is worthless.
   */
  claim(round: string, input: string, expiresAt: number): Promise<ClaimedRound>;
}

export type ClaimedRound =
  | { kind: 'refused' }
  | { kind: 'played'; outcome: unknown }
  | {
      kind: 'yours';
      /** Steps that an interrupted playing has done already. */
      doneSteps: readonly JournalEntry[];
      /** Ends the claim. Without an outcome (an interrupted playing) only the steps are kept. */
      release(played: { steps: readonly JournalEntry[]; outcome?: unknown }): Promise<void>;
    };

interface Remembered {
  input: string;
  steps: readonly JournalEntry[];
  outcome?: { value: unknown };
}

/** The ledger of one process: at most 10,000 rounds and 64 MiB, the longest unused forgotten first. */
export class MemoryRoundLedger implements RoundLedger {
  private readonly rounds = new LRUCache<string, Remembered>({
    max: 10_000,
    maxSize: 64 * 1024 * 1024,
    sizeCalculation: (entry) => JSON.stringify(entry).length + 1,
  });
  private readonly playing = new Map<string, Promise<void>>();

  async claim(round: string, input: string, expiresAt: number): Promise<ClaimedRound> {
    for (let busy = this.playing.get(round); busy; busy = this.playing.get(round)) await busy;
    const before = this.rounds.get(round);
    if (before && before.input !== input) return { kind: 'refused' };
    if (before?.outcome) return { kind: 'played', outcome: before.outcome.value };
    const doneSteps = before?.steps ?? [];
    let end!: () => void;
    this.playing.set(round, new Promise((resolve) => (end = resolve)));
    return {
      kind: 'yours',
      doneSteps,
      release: async ({ steps, outcome }) => {
        const done = [...doneSteps, ...steps];
        if (done.length > 0) {
          const remembered = {
            input,
            steps: done,
            ...(outcome !== undefined && { outcome: { value: outcome } }),
          };
          this.rounds.set(round, remembered, { ttl: Math.max(1, expiresAt - Date.now()) });
        }
        this.playing.delete(round);
        end();
      },
    };
  }
}
