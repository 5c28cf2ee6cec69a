import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RoundLedger } from '@reprise/core';
import type { KeyValueStore } from './key-value-store.js';

// #region ledger
type Claimed = Awaited<ReturnType<RoundLedger['claim']>>;
type Steps = Extract<Claimed, { kind: 'yours' }>['doneSteps'];

interface Remembered {
  input: string;
  steps: Steps;
  outcome?: unknown;
}

/** One memory of rounds for all replicas. `lease`: milliseconds after which the lock of a dead replica falls. */
export function fleetLedger(store: KeyValueStore, lease = 60_000): RoundLedger {
  return {
    async claim(round, input, expiresAt): Promise<Claimed> {
      const unlock = await lock(store, `lock:${round}`, lease);
      const text = await store.get(`round:${round}`);
      const known = text === undefined ? undefined : (JSON.parse(text) as Remembered); // written below
      if (known && (known.input !== input || 'outcome' in known)) {
        await unlock();
        return known.input === input ? { kind: 'played', outcome: known.outcome } : { kind: 'refused' };
      }
      const doneSteps = known?.steps ?? [];
      return {
        kind: 'yours',
        doneSteps,
        async release({ steps, outcome }) {
          const remembered: Remembered = { input, steps: [...doneSteps, ...steps], outcome };
          const life = Math.max(1, expiresAt - Date.now());
          if (remembered.steps.length > 0)
            await store.set(`round:${round}`, JSON.stringify(remembered), life);
          await unlock();
        },
      };
    },
  };
}

async function lock(store: KeyValueStore, name: string, lease: number): Promise<() => Promise<void>> {
  const mine = randomUUID();
  while (!(await store.add(name, mine, lease))) await delay(25);
  return () => store.remove(name, mine);
}
// #endregion ledger
