import fc from 'fast-check';
import { inputs, type Input } from './inputs.js';
import type { Victim } from './victim.js';

/** One way to reach a server. Each method throws when an answer is improper or missing. */
export interface Attack {
  hit(input: Input): Promise<void>;
  good(): Promise<void>;
  end(): void;
}

export interface Plan {
  readonly runs: number;
  readonly seed: number;
  /** How many bytes more may be held at the end than after the first tenth: caches and compiled code, not inputs. */
  readonly growth: number;
}

/** The next good request is sent after as many inputs. */
const pause = 50;

/**
 * Sends hostile inputs. Throws unless the process lives, says nothing that is improper, serves the good requests in
 * between, and holds no more memory at the end than allowed. Resolves with the bytes it holds more.
 */
export async function wage(
  victim: Victim,
  attack: Attack,
  { runs: numRuns, seed, growth }: Plan,
): Promise<number> {
  let count = 0;
  let before = Infinity;
  const check = async (input: Input) => {
    await attack.hit(input);
    count += 1;
    if (count % pause === 0) await attack.good();
    if (count === Math.ceil(numRuns / 10)) before = await victim.memory();
    victim.requireLife();
  };
  await fc.assert(fc.asyncProperty(inputs, check), {
    numRuns,
    seed,
    endOnFailure: true,
    includeErrorInReport: true,
  });
  await attack.good();
  victim.requireLife();
  if (/\n\s+at |Warning/.test(victim.stderr)) throw new Error(`It complained: ${victim.stderr.slice(-500)}`);
  const grown = (await victim.memory()) - before;
  if (count !== numRuns || grown > growth)
    throw new Error(`After ${count} inputs it holds ${grown} bytes more`);
  return grown;
}
