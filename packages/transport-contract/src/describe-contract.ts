import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench } from './bench.js';
import { asking } from './cases/asking.js';
import { calling } from './cases/calling.js';
import { changing } from './cases/changing.js';
import type { ContractCase } from './cases/contract-case.js';
import { crowds } from './cases/crowds.js';
import { endings } from './cases/endings.js';
import { isolation } from './cases/isolation.js';
import { notices } from './cases/notices.js';
import { reading } from './cases/reading.js';
import type { ContractClient } from './clients/contract-client.js';
import { type ClientKind, clientKinds } from './clients/kinds.js';
import type { TransportAdapter } from './transport-adapter.js';

const cases: readonly ContractCase[] = [
  ...reading,
  ...calling,
  ...asking,
  ...notices,
  ...changing,
  ...crowds,
  ...isolation,
  ...endings,
];

/** For one case, on a slow machine. In milliseconds. */
const timeLimit = 30_000;

/** Declares the tests that every transport must pass: each case once for each kind of client it can serve. */
export function describeTransportContract(name: string, adapter: TransportAdapter): void {
  describe(`the transport contract over ${name}`, () => {
    test('skips only cases that exist, with a reason', () => {
      const names = cases.map((one) => one.name);
      for (const [skipped, reason] of Object.entries(adapter.skips ?? {})) {
        expect(names).toContain(skipped);
        expect(reason).not.toBe('');
      }
    });
    for (const kind of adapter.clients) {
      describe(`with a client ${kind}`, () => {
        declareCases(adapter, kind);
      });
    }
  });
}

function declareCases(adapter: TransportAdapter, kind: ClientKind): void {
  let bench: Bench;
  let client: ContractClient;
  beforeAll(async () => {
    bench = await Bench.open(adapter, kind);
    client = await bench.connect();
  }, timeLimit);
  beforeEach(() => client.user.refresh());
  afterAll(() => bench.close(), timeLimit);

  for (const one of cases.filter(({ kinds = clientKinds }) => kinds.includes(kind))) {
    const reason = adapter.skips?.[one.name];
    // A skipped case stays in the report, with its reason.
    const declare = reason === undefined ? test : test.skip;
    const title = reason === undefined ? one.name : `${one.name} (skipped: ${reason})`;
    declare(title, () => one.run(client, bench), timeLimit);
  }
}
