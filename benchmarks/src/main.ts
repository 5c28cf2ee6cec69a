/** `npm run bench -w benchmarks [-- validation start-up cold-start per-call nested soak]`: all, or those that are named. */
import { benchColdStart } from './cold-start.js';
import { benchNested } from './nested.js';
import { benchPerCall } from './per-call.js';
import { printMachine } from './report.js';
import { benchSoak } from './soak/soak.js';
import { benchStartUp } from './start-up.js';
import { benchValidation } from './validation.js';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  validation: benchValidation,
  'start-up': benchStartUp,
  'cold-start': benchColdStart,
  'per-call': benchPerCall,
  nested: benchNested,
  soak: benchSoak,
};

printMachine();
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : Object.keys(benches)) {
  const bench = benches[name];
  if (bench === undefined)
    throw new Error(`No benchmark "${name}": there are ${Object.keys(benches).join(', ')}.`);
  await bench();
}
