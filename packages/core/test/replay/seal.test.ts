import { describe, expect, jest, test } from '@jest/globals';
import { StateRejectedError } from '../../src/replay/errors.js';
import { Sealer, type SealOptions } from '../../src/replay/journal/seal.js';

const key = 'k'.repeat(32);
const sealer = (options: Partial<SealOptions> = {}) =>
  new Sealer({ keys: [key], ttl: 60_000, maxBytes: 10_000, compress: false, ...options });

const reasonOf = (open: () => unknown): string => {
  try {
    open();
  } catch (thrown) {
    if (thrown instanceof StateRejectedError) return thrown.reason;
    throw thrown;
  }
  return 'opened';
};

describe('Sealer', () => {
  const content = { secret: 'fare of 40', nested: [1, null] };

  test.each([false, true])('opens what it sealed, compressed: %s', (compress) => {
    const { token, bytes } = sealer({ compress }).seal(content, 'call');
    expect(sealer().open(token, 'call').content).toEqual(content);
    expect(bytes).toBe(token.length);
  });

  test('the sealed text tells nothing', () => {
    const { token } = sealer().seal(content, 'call');
    expect(Buffer.from(token.slice(3), 'base64url').toString('latin1')).not.toContain('fare');
  });

  test('no two seals are alike', () => {
    expect(sealer().seal(content, 'call').token).not.toBe(sealer().seal(content, 'call').token);
  });

  test('a change of any character is noticed', () => {
    const { token } = sealer().seal(content, 'call');
    for (let at = 0; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      // the last character carries unused bits: a text that decodes to the same bytes is the same state
      const same = Buffer.from(changed.slice(3), 'base64url').equals(
        Buffer.from(token.slice(3), 'base64url'),
      );
      if (same && changed.startsWith('r1.')) continue;
      expect(reasonOf(() => sealer().open(changed, 'call'))).not.toBe('opened');
    }
  });

  test('opens only for the call it is of', () => {
    const { token } = sealer().seal(content, 'call of alice');
    expect(reasonOf(() => sealer().open(token, 'call of mallory'))).toBe('forged or foreign');
  });

  test('expires', () => {
    const { token } = sealer({ ttl: 1000 }).seal(content, 'call');
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1001);
    try {
      expect(reasonOf(() => sealer().open(token, 'call'))).toBe('expired');
    } finally {
      now.mockRestore();
    }
  });

  test('keys rotate: the first seals, all open, a removed one does not', () => {
    const { token } = sealer().seal(content, 'call');
    const next = 'n'.repeat(32);
    expect(sealer({ keys: [next, key] }).open(token, 'call').content).toEqual(content);
    expect(reasonOf(() => sealer({ keys: [next] }).open(token, 'call'))).toBe('unknown key');
  });

  test('a text beyond the limit is refused before any work', () => {
    expect(reasonOf(() => sealer().open(`r1.${'A'.repeat(10_000)}`, 'call'))).toBe('too large');
  });

  test.each(['', 'r1.', 'r1.AAAA', 'r2.AAAA', 'hello'])('refuses %j', (token) => {
    expect(reasonOf(() => sealer().open(token, 'call'))).toBe('malformed');
  });

  test('a short key is a mistake found at once', () => {
    expect(() => sealer({ keys: ['short'] })).toThrow(/5 bytes; 32 are needed.*openssl rand/);
  });
});
