import { describe, expect, test } from '@jest/globals';
import { MemoryRoundLedger } from '../../src/replay/journal/round-ledger.js';

const soon = () => Date.now() + 60_000;
const step = { kind: 'value', key: 'step:book', value: 1 } as const;

async function claimMine(ledger: MemoryRoundLedger, input = 'same', expiresAt = soon()) {
  const claim = await ledger.claim('flow:1', input, expiresAt);
  if (claim.kind !== 'yours') throw new Error(`the round is ${claim.kind}`);
  return claim;
}

describe('MemoryRoundLedger', () => {
  test('a round with steps has one outcome', async () => {
    const ledger = new MemoryRoundLedger();
    await (await claimMine(ledger)).release({ steps: [step], outcome: 'booked' });
    expect(await ledger.claim('flow:1', 'same', soon())).toEqual({ kind: 'played', outcome: 'booked' });
    expect(await ledger.claim('flow:1', 'other', soon())).toEqual({ kind: 'refused' });
  });

  test('a round without steps is free to repeat, with any answers', async () => {
    const ledger = new MemoryRoundLedger();
    await (await claimMine(ledger)).release({ steps: [], outcome: 'asked' });
    await (await claimMine(ledger, 'other')).release({ steps: [], outcome: 'asked' });
  });

  test('a second arrival waits for the first', async () => {
    const ledger = new MemoryRoundLedger();
    const first = await claimMine(ledger);
    const order: string[] = [];
    const second = ledger.claim('flow:1', 'same', soon()).then((claim) => {
      order.push('second');
      return claim;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('released');
    await first.release({ steps: [step], outcome: 'booked' });
    expect(await second).toEqual({ kind: 'played', outcome: 'booked' });
    expect(order).toEqual(['released', 'second']);
  });

  test('of many that wait only one plays when the first left no outcome', async () => {
    const ledger = new MemoryRoundLedger();
    const first = await claimMine(ledger);
    const waiting = [1, 2, 3].map(() => ledger.claim('flow:1', 'same', soon()));
    await first.release({ steps: [step] });
    const next = await Promise.any(waiting);
    if (next.kind !== 'yours') throw new Error('nobody plays');
    expect(next.doneSteps).toEqual([step]);
    await next.release({ steps: [], outcome: 'booked' });
    const kinds = (await Promise.all(waiting)).map((claim) => claim.kind).sort();
    expect(kinds).toEqual(['played', 'played', 'yours']);
  });

  test('an interrupted playing leaves its steps', async () => {
    const ledger = new MemoryRoundLedger();
    await (await claimMine(ledger)).release({ steps: [step] });
    const again = await claimMine(ledger);
    expect(again.doneSteps).toEqual([step]);
    await again.release({ steps: [{ ...step, key: 'step:pay' }], outcome: 'paid' });
    expect(await ledger.claim('flow:1', 'same', soon())).toEqual({ kind: 'played', outcome: 'paid' });
  });

  test('forgets a round when its state has expired', async () => {
    const ledger = new MemoryRoundLedger();
    await (await claimMine(ledger, 'same', Date.now() + 20)).release({ steps: [step], outcome: 'booked' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await claimMine(ledger, 'other');
  });
});
