import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Attack, wage } from './support/campaign.js';
import { attackStreamable } from './support/http-attack.js';
import { attackSse } from './support/sse-attack.js';
import { attackStdio } from './support/stdio-attack.js';
import { type Transport, Victim } from './support/victim.js';

/** Of all transports together; each gets its part. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 5000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const growth = 8 * 1024 * 1024;

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

async function besiege(
  victim: Victim,
  begin: (victim: Victim) => Promise<Attack>,
  plan: { runs: number; seed: number },
) {
  ends.push(() => victim.stop());
  const attack = await begin(victim);
  ends.push(async () => attack.end());
  return wage(victim, attack, { ...plan, growth });
}

describe(`${runs} hostile inputs, FUZZ_SEED=${seed}`, () => {
  test.each(targets)(
    '%s: the process lives, answers are proper, memory is flat, a good request is served',
    async (name, transport, share, begin) => {
      const numRuns = Math.ceil(runs * share);
      const grown = await besiege(await Victim.start(transport), begin, { runs: numRuns, seed });
      process.stdout.write(`fuzz, ${name}: ${numRuns} inputs, ${Math.round(grown / 1024)} KiB more\n`);
    },
    240_000,
  );
});

describe('a server with a fault is found out', () => {
  test.each([
    ['streamable-http', 'html', /Improper: .*text\/html/s],
    ['streamable-http', 'fault', /Improper: (status|HTTP\/1\.1) 500/],
    ['streamable-http', 'stack', /Internals in an answer|Improper: .*desk\.js/s],
    ['streamable-http', 'death', /ECONN|EPIPE|socket hang up|The process ended/],
    ['streamable-http', 'silence', /No answer within/],
    ['streamable-http', 'leak', /holds \d+ bytes more/],
    ['streamable-http', 'buffers', /holds \d+ bytes more/],
    ['sse', 'html', /Improper: .*text\/html/s],
    ['sse', 'death', /ECONN|EPIPE|socket hang up|The process ended/],
    ['stdio', 'noise', /is not valid JSON/],
    ['stdio', 'death', /No answer to ping|The process ended/],
    ['stdio', 'silence', /No answer to ping/],
    ['stdio', 'leak', /holds \d+ bytes more/],
  ] as const)(
    '%s: %s',
    async (transport, fault, reason) => {
      const begin = targets.find(([, one]) => one === transport)?.[3] ?? attackStreamable;
      await expect(
        besiege(await Victim.start(transport, fault), begin, { runs: 200, seed: 1 }),
      ).rejects.toThrow(reason);
    },
    60_000,
  );
});
