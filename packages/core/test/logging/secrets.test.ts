import { describe, expect, test } from '@jest/globals';
import { loggable } from '../../src/logging/loggable.js';
import { isSecretName, withoutSecrets } from '../../src/logging/secrets.js';

describe('texts', () => {
  test.each([
    ['Authorization: Bearer abc123def456', 'Authorization: Bearer [redacted]'],
    ['authorization: basic dXNlcjpwYXNzd29yZA==', 'authorization: basic [redacted]'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl back', 'got [redacted] back'],
    ['key sk-proj-abcdefghij1234567890 refused', 'key [redacted] refused'],
    ['sk_live_abcdefghij1234567890', '[redacted]'],
    ['ghp_abcdefghijklmnopqrstuvwxyz012345', '[redacted]'],
    ['xoxb-123456789012-abcdefghijkl', '[redacted]'],
    ['AKIAIOSFODNN7EXAMPLE', '[redacted]'],
    ['postgres://ada:s3cret@db:5432/app', 'postgres://[redacted]@db:5432/app'],
    ['redis://:s3cr@t@cache/0', 'redis://[redacted]@cache/0'],
    ['GET /x?api_key=abc&page=2', 'GET /x?api_key=[redacted]&page=2'],
    ['host=db password=hunter2 user=ada', 'host=db password=[redacted] user=ada'],
  ])('%s', (text, expected) => expect(withoutSecrets(text)).toBe(expected));

  test.each([
    'the bearer authentication failed',
    'basic functionality',
    'Unexpected token: } at position 3',
    'https://example.org/a@b',
    'task-list-of-the-whole-team',
    'risk-assessment-2024-annual-report',
    'eyJ is how they begin',
    'mail ada@example.org',
  ])('left alone: %s', (text) => expect(withoutSecrets(text)).toBe(text));

  test('hostile texts take linear time', () => {
    const parts = [
      'eyJ',
      'eyJ-',
      'a.',
      'a://',
      ':',
      '@',
      'bearer ',
      'sk-',
      'token=',
      'a+',
      '-',
      ' ',
      'eyJa.',
    ];
    const begin = performance.now();
    for (const part of parts) withoutSecrets(part.repeat(100_000 / part.length));
    for (const part of parts) withoutSecrets(`x://${part.repeat(100_000 / part.length)}`);
    for (const part of parts) withoutSecrets(`eyJ${part.repeat(100_000 / part.length)}`);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('names', () => {
  test.each([
    'password',
    'Authorization',
    'set-cookie',
    'apiKey',
    'X-API-KEY',
    'access_token',
    'accessToken',
    'clientSecret',
    'private_key',
    'PGPASSWD',
  ])('%s is one of a secret', (name) => expect(isSecretName(name)).toBe(true));
  test.each(['maxTokens', 'progressToken', 'tokenCount', 'tool', 'key', 'author'])('%s is not', (name) =>
    expect(isSecretName(name)).toBe(false),
  );
});

describe('data', () => {
  test('becomes plain', () => {
    const circular: Record<string, unknown> = { name: 'loop' };
    circular['self'] = circular;
    const deep = { a: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } };
    const twice = { same: 1 };
    const plain = loggable({
      circular,
      deep,
      siblings: [twice, twice],
      big: 1n,
      at: new Date(0),
      bytes: new Uint8Array(4),
      map: new Map([['token', 'x']]),
      set: new Set([1]),
      run: function run() {},
      error: new RangeError('pwd=abc'),
      none: undefined,
      nothing: null,
      broken: Object.defineProperty({}, 'x', {
        enumerable: true,
        get: () => {
          throw new RangeError();
        },
      }),
    });
    expect(plain).toEqual({
      circular: { name: 'loop', self: '[circular]' },
      deep: { a: { a: { a: { a: { a: { a: { a: { a: '[deep]' } } } } } } } },
      siblings: [{ same: 1 }, { same: 1 }],
      big: '1',
      at: '1970-01-01T00:00:00.000Z',
      bytes: '[4 bytes]',
      map: { token: '[redacted]' },
      set: [1],
      run: '[function run]',
      error: expect.stringContaining('RangeError: pwd=[redacted]'),
      nothing: null,
      broken: '[unreadable]',
    });
    expect('none' in plain).toBe(false);
  });
});
