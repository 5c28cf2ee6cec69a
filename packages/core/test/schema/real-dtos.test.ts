import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Args, McpServer, Server, Tool } from '@reprise/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import { clientKinds, type Connected, start, textOf } from '../support/clients.js';
import { Address, events, Order, ProductFilter, SignUp, Webhook } from './real-dtos.js';

@Server({ name: 'shop', version: '1.0.0' })
class Shop extends McpServer {
  @Tool() signUp(@Args() { username, born, newsletters, profile }: SignUp) {
    return `${username}, ${born.getUTCFullYear()}, ${newsletters.length}, ${profile?.displayName ?? '-'}`;
  }

  @Tool() order(@Args() order: Order) {
    return `${order.total().toFixed(2)} ${order.currency} ${order.shipping} ${order.couponCode ?? '-'}`;
  }

  @Tool() ship(@Args() { street, state, at }: Address) {
    return `${street.join(' / ')}, ${state ?? '-'}, ${at?.latitude ?? '-'}`;
  }

  @Tool() search(@Args() filter: ProductFilter) {
    const { page, pageSize, sortBy, direction, brands, tags, addedAfter, price } = filter;
    const more = [brands?.has('Acme'), tags?.join('+'), addedAfter?.toISOString(), price?.to];
    return [page, pageSize, sortBy, direction, ...more].join(' ');
  }

  @Tool() receive(@Args() { event, sentAt, labels }: Webhook) {
    const [name] = Object.entries(events).find(([, cls]) => event instanceof cls) ?? ['none'];
    return `${name} ${sentAt.getUTCDate()} ${labels?.get('source') ?? '-'}`;
  }
}

const signUp = {
  email: 'ada@example.org',
  username: 'ada_1815',
  password: 'Note#G-1843!',
  passwordAgain: 'Note#G-1843!',
  born: '1815-12-10T00:00:00Z',
  acceptsTerms: true,
};
const line = { sku: 'ABC-1234', quantity: 2, unitPrice: 9.95 };
const order = {
  id: '9b2d7f6e-1c34-4f5a-8b6c-0123456789ab',
  currency: 'EUR',
  lines: [line],
  shipping: 'express',
};
const address = { country: 'DE', postalCode: '10115', street: ['Invalidenstr. 1'], city: 'Berlin' };
const webhook = {
  id: '9b2d7f6e-1c34-4f5a-8b6c-0123456789ab',
  version: '1.2.0',
  sentAt: '2026-05-17T09:30:00Z',
  signature: 'a'.repeat(64),
  event: { type: 'payment.failed', reason: 'expired' },
};

type Input = Record<string, unknown>;

const good: Record<string, readonly (readonly [Input, string])[]> = {
  signUp: [
    [signUp, 'ada_1815, 1815, 0, -'],
    [
      {
        ...signUp,
        phone: '+4930901820',
        newsletters: ['news'],
        profile: { displayName: 'Ada', locale: 'en-GB' },
      },
      'ada_1815, 1815, 1, Ada',
    ],
    [{ ...signUp, phone: null, profile: null }, 'ada_1815, 1815, 0, -'],
  ],
  order: [
    [order, '19.90 EUR express -'],
    [
      {
        ...order,
        lines: [line, { ...line, discountPercent: 50 }],
        note: 'Ring twice',
        coupon_code: 'SPRING26',
      },
      '29.85 EUR express SPRING26',
    ],
  ],
  ship: [
    [address, 'Invalidenstr. 1, -, -'],
    [{ ...address, country: 'US', state: 'NY', street: ['a', 'b'] }, 'a / b, NY, -'],
    [{ country: 'IE', street: ['c'], city: 'Cork', at: { latitude: 51.9, longitude: -8.5 } }, 'c, -, 51.9'],
  ],
  search: [
    [{}, '1 25 name 1    '],
    [
      {
        ...{
          page: 3,
          pageSize: 100,
          sortBy: 'price',
          direction: -1,
          brands: ['Acme', 'Acme'],
          tags: 'new,red',
        },
        ...{ addedAfter: '2026-01-01T00:00:00+01:00', price: { to: 99.5 } },
      },
      '3 100 price -1 true new+red 2025-12-31T23:00:00.000Z 99.5',
    ],
  ],
  receive: [
    [webhook, 'PaymentFailed 17 -'],
    [
      {
        ...webhook,
        event: { type: 'payment.succeeded', amount: 5, currency: 'EUR' },
        labels: { source: 'eu' },
      },
      'PaymentSucceeded 17 eu',
    ],
    [
      { ...webhook, event: { type: 'customer.updated', customer: 'f'.repeat(24), changes: { name: 'B' } } },
      'CustomerUpdated 17 -',
    ],
  ],
};

const bad: Record<string, readonly (readonly [Input, readonly string[]])[]> = {
  signUp: [
    [
      {
        ...signUp,
        email: 'ada',
        username: 'Ada L',
        password: 'short',
        acceptsTerms: false,
        born: 'yesterday',
      },
      ['email', 'username', 'password', 'passwordAgain', 'acceptsTerms', 'born'],
    ],
    [
      {
        ...signUp,
        newsletters: ['news', 'spam', 'news'],
        profile: { displayName: '', avatar: 'http://a.co/x' },
      },
      ['newsletters', 'profile.displayName', 'profile.avatar'],
    ],
    [{ ...signUp, isAdmin: true, profile: 'Ada' }, ['isAdmin', 'profile']],
  ],
  order: [
    [{ ...order, id: '1', lines: [], shipping: 'Express' }, ['id', 'lines', 'shipping']],
    [
      {
        ...order,
        lines: [line, { ...line, sku: 'abc', quantity: 1.5, unitPrice: 1.005 }, 'x', { quantity: 1 }],
      },
      [
        ...['lines[1].sku', 'lines[1].quantity', 'lines[1].unitPrice', 'lines[2]'],
        ...['lines[3].sku', 'lines[3].unitPrice'],
      ],
    ],
    [{ ...order, couponCode: 'SPRING26' }, ['couponCode']],
    [{ ...order, coupon_code: 'spring!' }, ['coupon_code']],
  ],
  ship: [
    [{ ...address, country: 'US' }, ['state']],
    [{ ...address, country: 'Deutschland', postalCode: '', street: [] }, ['country', 'postalCode', 'street']],
    [{ ...address, street: ['a', 5], at: { latitude: 91 } }, ['street', 'at.latitude', 'at.longitude']],
  ],
  search: [
    [
      { page: 0, pageSize: 20, direction: 'Up', search: 'x', addedAfter: '2026-02-30T00:00:00Z' },
      ['page', 'pageSize', 'direction', 'search', 'addedAfter'],
    ],
    [
      { price: { from: -1, to: '9' }, brands: 'Acme', tags: [1] },
      ['price.from', 'price.to', 'brands', 'tags'],
    ],
    [{ page: '2' }, ['page']],
  ],
  receive: [
    [{ ...webhook, event: { type: 'payment.refunded' } }, ['event.type']],
    [
      { ...webhook, event: { type: 'payment.failed', reason: 'mood', amount: 5 } },
      ['event.reason', 'event.amount'],
    ],
    [
      {
        ...webhook,
        version: '1',
        signature: 'x',
        event: { type: 'customer.updated', customer: '1', changes: {} },
      },
      ['version', 'signature', 'event.customer', 'event.changes'],
    ],
    [{ ...webhook, event: null, labels: ['eu'] }, ['event', 'labels']],
  ],
};

/** `- path: message` of each line, every path once. */
const pathsIn = (text: string) => [...new Set([...text.matchAll(/^- ([^:]*): /gm)].map(([, path]) => path))];

describe.each(clientKinds)('%s', (kind) => {
  let server: Awaited<ReturnType<typeof start>>;
  let client: Connected;
  beforeAll(async () => {
    server = await start(new Shop({ logLevel: 'error' }));
    client = await server.connect(kind);
  });
  afterAll(() => server.stop());

  test.each(Object.keys(good))('%s: what fits arrives as instances', async (tool) => {
    for (const [input, expected] of good[tool] ?? []) {
      const answer = await client.call(tool, input);
      expect({ text: textOf(answer), isError: answer.isError ?? false }).toEqual({
        text: expected,
        isError: false,
      });
    }
  });

  test.each(Object.keys(bad))('%s: what does not is refused, each problem with its path', async (tool) => {
    for (const [input, expected] of bad[tool] ?? []) {
      const answer = await client.call(tool, input);
      expect(answer.isError).toBe(true);
      expect(pathsIn(textOf(answer)).sort()).toEqual([...expected].sort());
    }
  });

  test('the listed schemas are valid and accept what the tools accept', async () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    (addFormats as unknown as { default?: (on: Ajv2020) => void }).default?.(ajv);
    const { tools } = await client.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(good));
    for (const { name, inputSchema } of tools) {
      const check = ajv.compile(inputSchema);
      for (const [input] of good[name] ?? []) {
        // What no schema says: null for an optional property means its absence, and tags may come as one text.
        const stated = Object.entries(input).filter(([key, value]) => value !== null && key !== 'tags');
        expect([name, check(Object.fromEntries(stated)), check.errors]).toEqual([name, true, null]);
      }
    }
  });
});
