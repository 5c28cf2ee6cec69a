import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uriTemplate } from '../../src/catalog/uri-template/index.js';

/** Half of a surrogate pair cannot be percent-encoded. */
const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);

const match = (template: string, uri: string) => uriTemplate(template, 'Desk.guide').match(uri);

describe('a URI that fits a template gives its variables', () => {
  test.each<[template: string, uri: string, variables: Record<string, string>]>([
    ['city://{name}', 'city://rome', { name: 'rome' }],
    ['city://{name}/guide', 'city://rome/guide', { name: 'rome' }],
    ['city://{name}/guide', 'city://S%C3%A3o%20Paulo/guide', { name: 'São Paulo' }],
    ['city://{name}', 'city://a%2Fb', { name: 'a/b' }],
    ['city://{name}', 'city://São', { name: 'São' }],
    ['file:///{name}.{ext}', 'file:///a.tar.gz', { name: 'a', ext: 'tar.gz' }],
    ['file:///{name}-x', 'file:///a-x-x', { name: 'a-x' }],
    ['file:///{+path}', 'file:///a/b/c.txt', { path: 'a/b/c.txt' }],
    ['file:///{+path}/{name}', 'file:///a/b/c', { path: 'a/b', name: 'c' }],
    ['map://{x,y}', 'map://1,2', { x: '1', y: '2' }],
    ['map://at{/x,y}', 'map://at/1/2', { x: '1', y: '2' }],
    ['file:///readme{.ext}', 'file:///readme.md', { ext: 'md' }],
    ['find://all{?q,page}', 'find://all', {}],
    ['find://all{?q,page}', 'find://all?page=2', { page: '2' }],
    ['find://all{?q,page}', 'find://all?page=2&q=a%26b', { page: '2', q: 'a&b' }],
    ['find://all{?q}', 'find://all?q=a=b', { q: 'a=b' }],
    ['find://{kind}{?q}', 'find://x?q=', { kind: 'x', q: '' }],
    ['find://all?v=1{&q}', 'find://all?v=1', {}],
    ['find://all?v=1&w=2{&q,r}', 'find://all?v=1&w=2&r=3', { r: '3' }],
    ['find://all?v={v}{&q}', 'find://all?v=1&q=2', { v: '1', q: '2' }],
    ['find://all{?q}{&r}', 'find://all?r=1&q=2', { r: '1', q: '2' }],
    ['doc://{id}{#part}', 'doc://1#intro', { id: '1', part: 'intro' }],
    ['doc://{id}{?v}{#part}', 'doc://1?v=2#a/b', { id: '1', v: '2', part: 'a/b' }],
    ['doc://{__proto__}', 'doc://x', Object.fromEntries([['__proto__', 'x']])],
  ])('%s  %s', (template, uri, variables) => {
    expect(match(template, uri)).toEqual(variables);
  });
});

test.each([
  ['city://{name}', 'city://'],
  ['city://{name}', 'city://a/b'],
  ['city://{name}', 'town://a'],
  ['city://{name}', 'city://a?b=c'],
  ['city://{name}', 'city://a#b'],
  ['city://{name}/guide', 'city://rome/guide/more'],
  ['city://{name}/guide', 'city:///guide'],
  ['city://{name}', 'city://%E0%A4%A'],
  ['city://{name}', 'city://%'],
  ['find://all{?q}', 'find://all?r=1'],
  ['find://all{?q}', 'find://all?q=1&q=2'],
  ['find://all{?q}', 'find://all?'],
  ['find://all?v=1{&q}', 'find://all?v=2&q=1'],
])('%s does not fit %s', (template, uri) => {
  expect(match(template, uri)).toBeUndefined();
});

test.each([
  ['{name}', /has no scheme/],
  ['city://{name', /contains "\{"/],
  ['city://name}', /contains "\}"/],
  ['city://{}', /contains "\{\}"/],
  ['city://{name*}', /without modifiers/],
  ['city://{name:3}', /without modifiers/],
  ['city://{;name}', /not supported/],
  ['city://{a-b}', /not supported/],
  ['city://{a}/{a}', /"a" twice/],
  ['city://{?a}/b', /behind the path/],
  ['city://{#a}{b}', /behind the path/],
  ['city://{#a}{#b}', /behind the path/],
  ['city://{?a}{?b}', /behind the path/],
  ['city://{#a,b}', /more than one variable/],
])('%s is refused with its place and a fix', (template, message) => {
  expect(() => uriTemplate(template, 'Desk.guide')).toThrow(message);
  expect(() => uriTemplate(template, 'Desk.guide')).toThrow(
    expect.objectContaining({ code: 'INVALID_NAME', where: 'Desk.guide', fix: expect.any(String) }),
  );
});

test('whatever was put into a URI comes out of it', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter(isWellFormed);
  fc.assert(
    fc.property(text, text, text, (a, b, q) => {
      const [ea, eb, eq] = [a, b, q].map(encodeURIComponent);
      expect(match('x://{a}/mid/{b}{?q}', `x://${ea}/mid/${eb}?q=${eq}`)).toEqual({ a, b, q });
    }),
  );
});

test('a URI beyond 8192 characters fits nothing', () => {
  expect(match('file:///{+path}', `file:///${'a'.repeat(8184)}`)).toBeDefined();
  expect(match('file:///{+path}', `file:///${'a'.repeat(8185)}`)).toBeUndefined();
});

test('no URI throws or takes long', () => {
  const template = uriTemplate('x://{+a}/{+b}/{+c}-{d}-{e}{?q}', 'Desk.guide');
  fc.assert(fc.property(fc.string(), (tail) => void template.match(`x://${tail}`)));
  const started = performance.now();
  expect(template.match(`x://${'/-'.repeat(4000)}?`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});
