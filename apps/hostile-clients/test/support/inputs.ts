import fc from 'fast-check';
import { initialize, modern } from './wire.js';

/** What a hostile client sends: bytes in place of a request, or a body (with headers, where there are any). */
export type Input =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly headers: Record<string, string>;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'body'; readonly era: 'legacy' | 'modern'; readonly body: string };

const methods = [
  ...['initialize', 'ping', 'server/discover', 'tools/list', 'tools/call', 'prompts/list', 'prompts/get'],
  ...[
    'resources/list',
    'resources/templates/list',
    'resources/read',
    'resources/subscribe',
    'resources/unsubscribe',
  ],
  ...['completion/complete', 'logging/setLevel', 'subscriptions/listen', 'tasks/get', 'elicitation/create'],
  ...['notifications/initialized', 'notifications/cancelled', 'notifications/progress'],
];

const strange = fc.constantFrom(
  ...[
    '',
    '__proto__',
    'constructor',
    '\0',
    '\ud800',
    '../../etc/passwd',
    '%00',
    '%',
    '{}',
    '[',
    '-1',
    'NaN',
    '1e999',
  ],
  ...[
    'a'.repeat(5000),
    '=?base64?x?=',
    '=?base64?SGk=?=',
    'desk://rules',
    'desk://a/../b',
    'desk://%ff/%',
    'file:///',
  ],
  ...['echo', 'weigh', 'route', 'letter', 'tone', '2025-11-25', '2026-07-28', '9999-99-99', 'debug'],
);
const text = fc.oneof(strange, fc.string({ unit: 'binary', maxLength: 40 }), fc.string());
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 2, arbitrary: fc.jsonValue({ depthSize: 'small' }) },
  fc.constantFrom<unknown>(null, true, -1, 1e308, 2 ** 53, [], {}, [[]], nested(300), nested(200)),
);

const known = [
  'name',
  'arguments',
  'uri',
  'cursor',
  'ref',
  'argument',
  'level',
  'requestState',
  'inputResponses',
];
const more = [
  '_meta',
  'protocolVersion',
  'capabilities',
  'clientInfo',
  'requestId',
  'progressToken',
  'text',
  'region',
];
const key = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known, ...more) }, text);
const record = fc.dictionary(
  key,
  fc.oneof({ weight: 3, arbitrary: value }, fc.dictionary(key, value, { maxKeys: 4 })),
  {
    maxKeys: 6,
  },
);

/** JSON-RPC with wrong shapes for each method, and sometimes no JSON-RPC. */
const message = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 9, arbitrary: fc.constant('2.0') }, value),
    id: fc.oneof({ weight: 6, arbitrary: fc.nat() }, value),
    method: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...methods) }, value),
    params: fc.oneof({ weight: 6, arbitrary: record }, value),
    result: value,
    error: value,
  },
  { requiredKeys: ['jsonrpc', 'id', 'method', 'params'] },
);

const sound = fc.constantFrom(
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'weigh', arguments: { to: 'a', weight: 1 } },
  },
  { jsonrpc: '2.0', id: 2, method: 'prompts/get', params: { name: 'letter', arguments: { to: 'a' } } },
  { jsonrpc: '2.0', id: 3, method: 'resources/read', params: { uri: 'desk://a/b/c' } },
  initialize(),
  modern('tools/call', { name: 'route', arguments: { region: 'eu' } }).body,
  modern('tools/call', { name: 'greet', arguments: {}, requestState: 'x', inputResponses: {} }).body,
);

/** A text in which some characters were taken out, doubled or replaced. */
const mutated = (original: fc.Arbitrary<string>) =>
  fc
    .tuple(original, fc.array(fc.tuple(fc.nat(2000), fc.nat(5), text), { minLength: 1, maxLength: 4 }))
    .map(([whole, changes]) =>
      changes.reduce((now, [place, cut, insert]) => {
        const at = now.length === 0 ? 0 : place % now.length;
        return now.slice(0, at) + insert + now.slice(at + cut);
      }, whole),
    );

/** Deeper than any recursion can follow. Kept as text, which the reports of fast-check can print. */
const abyss = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const deep = fc
  .constantFrom(
    '@',
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":@}',
    JSON.stringify(
      modern('tools/call', { name: 'weigh', arguments: { to: 'a', weight: 1, labels: '@' } }).body,
    ),
  )
  .map((body) => body.replace(/"?@"?/, abyss));

const body = fc.oneof(
  { weight: 1, arbitrary: deep },
  { weight: 10, arbitrary: message.map((one) => JSON.stringify(one)) },
  { weight: 10, arbitrary: message.map((one) => withEnvelope(one)) },
  { weight: 10, arbitrary: mutated(sound.map((one) => JSON.stringify(one))) },
  { weight: 10, arbitrary: fc.array(message, { maxLength: 3 }).map((batch) => JSON.stringify(batch)) },
);

const headerNames = [
  'mcp-session-id',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'mcp-param-region',
  'accept',
];
const headers = fc.dictionary(
  fc.constantFrom(
    ...headerNames,
    'content-type',
    'host',
    'origin',
    'last-event-id',
    'content-encoding',
    'expect',
    'te',
  ),
  // What a client library would not send at all is left to the raw bytes.
  text.map((value) => value.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 500)),
  { maxKeys: 5 },
);
const http = fc.record({
  kind: fc.constant('http' as const),
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'HEAD', 'PATCH'),
  headers,
  body: fc.oneof(
    body.map((one) => Buffer.from(one)),
    fc.uint8Array({ maxLength: 200 }),
  ),
});

const requestText = sound.map((one) => {
  const said = JSON.stringify(one);
  const lines = ['POST /mcp HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: application/json', 'Accept: */*'];
  return [...lines, `Content-Length: ${Buffer.byteLength(said)}`, '', said].join('\r\n');
});
const bytes = fc
  .oneof(
    fc.uint8Array({ maxLength: 300 }),
    mutated(requestText).map((one) => Buffer.from(one)),
    fc.tuple(requestText, fc.nat(400)).map(([whole, end]) => Buffer.from(whole.slice(0, end))),
  )
  .map((one) => ({ kind: 'bytes' as const, bytes: one }));

const bodies = fc.record({
  kind: fc.constant('body' as const),
  era: fc.constantFrom('legacy', 'modern'),
  body,
});

export const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: bodies },
  { weight: 2, arbitrary: http },
  { weight: 2, arbitrary: bytes },
);

function withEnvelope(one: { method?: unknown; params?: unknown }): string {
  const params = typeof one.params === 'object' ? { ...one.params } : {};
  return JSON.stringify({ ...one, params: modern('', params).body.params });
}

function nested(levels: number): unknown {
  let all: unknown = 1;
  for (let i = 0; i < levels; i += 1) all = [all];
  return all;
}
