import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
// #region test
import { eachEra, matchers, type TestClient } from '@reprise/testing';
import '@reprise/testing/jest';
import { type Bank, Payments } from '../src/asking/payments.js';

expect.extend(matchers);

/** Keeps what was paid by its key, as a bank does: the same key again is the same payment. */
class BankInMemory implements Bank {
  readonly paid = new Map<string, string>();
  price = 100;

  async quote(invoice: string) {
    return { id: invoice, total: this.price++, payee: 'Ada' };
  }
  async pay(quote: string, idempotencyKey: string) {
    this.paid.set(idempotencyKey, quote);
    return { receipt: `R${this.paid.size}` };
  }
}

let client: TestClient;
let bank: BankInMemory;
beforeEach(() => {
  bank = new BankInMemory();
});
afterEach(() => client.close());

eachEra((connect) => {
  const payments = () => connect((options) => new Payments(bank, options));

  test('pays once, what was said', async () => {
    client = await payments();
    const call = client.answers([true]).call('pay', { invoice: 'I-1' });

    expect(await call.text()).toBe('Paid. Receipt R1.');
    expect(call.questions[0]?.message).toBe('Pay 100.00 € to Ada?');
    expect(call).toHaveRunOnce('quote');
    expect(call).toHaveRunOnce('pay');
  });

  test.each([false, 'decline', 'cancel'] as const)('%s pays nothing', async (answer) => {
    client = await payments();
    const call = client.answers([answer]).call('pay', { invoice: 'I-1' });

    expect(await call.text()).toBe('Nothing was paid.');
    expect(bank.paid.size).toBe(0);
  });
}, describe);
// #endregion test

eachEra((connect, era) => {
  // #region crash
  test('an answer after the end of the process pays once', async () => {
    client = await connect((options) => new Payments(bank, options), { crashBetweenRounds: true });
    const call = client.answers([true]).call('pay', { invoice: 'I-1' });
    expect(await call.text()).toBe('Paid. Receipt R1.');
    expect(call).toHaveRounds(era === 'modern' ? 2 : 1);
    expect(bank.paid.size).toBe(1);
  });
  // #endregion crash

  test('a large amount is typed', async () => {
    client = await connect((options) => new Payments(bank, options));
    expect(await client.answers([100]).call('payCarefully', { invoice: 'I-1' }).text()).toBe(
      'Paid. Receipt R1.',
    );
    const wrong = await client.answers([7]).call('payCarefully', { invoice: 'I-1' });
    expect(wrong).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('Nothing was paid') }],
    });
    expect(bank.paid.size).toBe(1);
  });
}, describe);
