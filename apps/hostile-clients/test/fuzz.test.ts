import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { attackStreamable } from './support/http-attack.js';
import { inputs, type Input } from './support/inputs.js';
import { attackSse } from './support/sse-attack.js';
import { attackStdio } from './support/stdio-attack.js';
import { type Transport, Victim } from './support/victim.js';

/** Of all transports together; each gets its part. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 5000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
/** The next good request is sent after as many inputs. */
const pause = 50;
/** How much more the heap may hold at the end than after the first tenth: caches and compiled code, not inputs. */
const growth = 12 * 1024 * 1024;

interface Attack {
  hit(input: Input): Promise<void>;
  good(): Promise<void>;
  end(): void;
}

const targets: [string, Transport, number, (victim: Victim) => Promise<Attack>][] = [
  ['Streamable HTTP', 'streamable-http', 0.4, attackStreamable],
  ['HTTP+SSE', 'sse', 0.3, attackSse],
  ['stdio, legacy', 'stdio', 0.15, attackStdio('legacy')],
  ['stdio, modern', 'stdio', 0.15, attackStdio('modern')],
];

const ends: (() => Promise<unknown>)[] = [];
beforeAll(() => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'apps/hostile-clients'], {
    cwd: root,
  });
}, 180_000);
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

describe(`${runs} hostile inputs, FUZZ_SEED=${seed}`, () => {
  test.each(targets)(
    '%s: the process lives, answers are proper, memory is flat, a good request is served',
    async (_, transport, share, begin) => {
      const victim = await Victim.start(transport);
      ends.push(() => victim.stop());
      const attack = await begin(victim);
      ends.push(async () => attack.end());
      const numRuns = Math.ceil(runs * share);
      let count = 0;
      let before = Infinity;
      const check = async (input: Input) => {
        await attack.hit(input);
        count += 1;
        if (count % pause === 0) await attack.good();
        if (count === Math.ceil(numRuns / 10)) before = await victim.heap();
        if (!victim.isAlive) throw new Error(`The process ended. ${victim.stderr.slice(-500)}`);
      };
      await fc.assert(fc.asyncProperty(inputs, check), { numRuns, seed, endOnFailure: true });
      await attack.good();
      expect(count).toBe(numRuns);
      expect(victim.isAlive).toBe(true);
      expect(victim.stderr).not.toMatch(/\n\s+at |Warning/);
      expect(await victim.heap()).toBeLessThan(before + growth);
    },
    240_000,
  );
});
