/** What one of the things compared costs per call, round by round. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** One of the things compared. Gets how many calls to make; gives what they cost together. */
export type Contestant = (calls: number) => Promise<number>;

export interface Schedule {
  readonly rounds: number;
  /** Of each contestant in each round. */
  readonly calls: number;
}

/** Lets the contestants take turns, so that the noise of the machine meets all of them. The first rounds warm up. */
export async function takeTurns(
  contestants: Readonly<Record<string, Contestant>>,
  { rounds, calls }: Schedule,
): Promise<Samples> {
  const samples: Record<string, number[]> = {};
  const warmUp = Math.ceil(rounds / 10);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, contestant] of Object.entries(contestants)) {
      const cost = (await contestant(calls)) / calls;
      if (round >= 0) (samples[name] ??= []).push(cost);
    }
  }
  return samples;
}

/** A function as a contestant: microseconds of wall time. */
export function timed(call: () => unknown): Contestant {
  return async (calls) => {
    const from = performance.now();
    for (let n = 0; n < calls; n += 1) await call();
    return (performance.now() - from) * 1000;
  };
}

/** The same for what needs no promise: an `await` would cost more than the call. */
export function timedSync(call: () => unknown): Contestant {
  return async (calls) => {
    const from = performance.now();
    for (let n = 0; n < calls; n += 1) call();
    return (performance.now() - from) * 1000;
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** How many times as much one costs as the other: the median over the rounds, each compared with its own. */
export function ratio(samples: Samples, one: string, other: string): number {
  const [above = [], below = []] = [samples[one], samples[other]];
  return median(above.map((cost, round) => cost / (below[round] ?? Number.NaN)));
}
