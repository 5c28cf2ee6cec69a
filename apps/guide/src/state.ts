import type { RoundLedger, StateOptions } from '@reprise/core';
import { Steps } from './steps.js';

// #region keys
export function serverWithKeys(current: string, previous: string): Steps {
  return new Steps({ state: { keys: [current, previous], ttl: 15 * 60_000, maxBytes: 64 * 1024 } });
}
// #endregion keys

// #region ledger
/** What the ledger needs of a store that all replicas share. */
export interface SharedStore {
  /** Gives the lock to one caller at a time; the others wait. */
  lock(name: string): Promise<() => Promise<void>>;
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string, expiresAt: number): Promise<void>;
}

export function sharedLedger(store: SharedStore): RoundLedger {
  return {
    async claim(round, input, expiresAt) {
      const unlock = await store.lock(round);
      const text = await store.get(round);
      const known = text === undefined ? undefined : (JSON.parse(text) as Remembered); // written below
      if (known && known.input !== input) {
        await unlock();
        return { kind: 'refused' };
      }
      if (known && 'outcome' in known) {
        await unlock();
        return { kind: 'played', outcome: known.outcome };
      }
      const doneSteps = known?.steps ?? [];
      return {
        kind: 'yours',
        doneSteps,
        async release({ steps, outcome }) {
          const remembered: Remembered = { input, steps: [...doneSteps, ...steps], outcome };
          if (remembered.steps.length > 0) await store.set(round, JSON.stringify(remembered), expiresAt);
          await unlock();
        },
      };
    },
  };
}
// #endregion ledger

type Claimed = Awaited<ReturnType<RoundLedger['claim']>>;

interface Remembered {
  input: string;
  steps: (Claimed & { kind: 'yours' })['doneSteps'];
  outcome?: unknown;
}

export function sharedState(store: SharedStore): StateOptions {
  return { ledger: sharedLedger(store) };
}
