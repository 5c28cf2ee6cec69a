import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const project = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'snippets-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, lines: string[]): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `${lines.join('\n')}\n`);
}

const sync = (...args: string[]) => {
  const done = spawnSync(process.execPath, [join(project, 'scripts/sync-snippets.mjs'), root, ...args], {
    encoding: 'utf8',
  });
  return { code: done.status, output: done.stderr };
};
const page = () => readFileSync(join(root, 'docs/page.md'), 'utf8').split('\n');
const prettier = () =>
  execFileSync(process.execPath, [
    join(project, 'node_modules/prettier/bin/prettier.cjs'),
    '--config',
    join(project, '.prettierrc.json'),
    '--write',
    join(root, 'docs/page.md'),
  ]);

test('a region is copied without its indentation and without the marks', () => {
  write('src/desk.ts', [
    'class Desk {',
    '  // #region book',
    '  book() {',
    '    // #region deep',
    '    return 1;',
    '    // #endregion deep',
    '  }',
    '  // #endregion book',
    '}',
  ]);
  write('docs/page.md', [
    '# Page',
    '',
    '<!-- snippet: src/desk.ts#book -->',
    '',
    '```ts',
    'old',
    '```',
    '',
    'After.',
  ]);
  expect(sync('--check')).toMatchObject({
    code: 1,
    output: expect.stringContaining('docs/page.md:3  src/desk.ts#book differs'),
  });
  expect(page()).toContain('old');
  expect(sync().code).toBe(0);
  expect(page()).toEqual([
    '# Page',
    '',
    '<!-- snippet: src/desk.ts#book -->',
    '',
    '```ts',
    'book() {',
    '  return 1;',
    '}',
    '```',
    '',
    'After.',
    '',
  ]);
  expect(sync('--check')).toEqual({ code: 0, output: '' });
});

test('without a region the whole file is copied', () => {
  write('a.json', ['{ "a": 1 }']);
  write('docs/page.md', ['<!-- snippet: a.json -->', '```json', '```']);
  expect(sync().code).toBe(0);
  expect(page()).toEqual(['<!-- snippet: a.json -->', '```json', '{ "a": 1 }', '```', '']);
});

test.each([
  [
    'a missing file',
    ['<!-- snippet: no.ts -->', '```ts', '```'],
    'docs/page.md:1  no.ts: there is no such file',
  ],
  [
    'a missing region',
    ['', '<!-- snippet: a.ts#no -->', '```ts', '```'],
    'docs/page.md:2  a.ts#no: the file has no region',
  ],
  ['a missing block', ['<!-- snippet: a.ts -->', 'words'], 'docs/page.md:1  a.ts: no code block follows'],
])('%s fails with its place, with and without --check', (_what, lines, message) => {
  write('a.ts', ['1;']);
  write('docs/page.md', lines);
  for (const args of [['--check'], []]) {
    expect(sync(...args)).toMatchObject({ code: 1, output: expect.stringContaining(message) });
  }
});

test('Prettier and the script leave each other alone, in both orders', () => {
  // Dedented lines would fit on one: Prettier joins them if it looks into code blocks.
  write('a.ts', [
    'class A {',
    '  // #region r',
    '  call(',
    '    one,',
    '    two,',
    '  );',
    '  // #endregion r',
    '}',
  ]);
  write('docs/page.md', ['* item', '<!-- snippet: a.ts#r -->', '```ts', 'x', '```']);
  sync();
  prettier();
  expect(sync('--check').code).toBe(0);
  const settled = page();
  sync();
  prettier();
  expect(page()).toEqual(settled);
});

test('the frame of a file is all that the page does not show, with the names of what it shows', () => {
  write('src/desk.ts', [
    "import { Tool } from 'somewhere';",
    '// #region card',
    'class Card {}',
    '// #endregion card',
    'export class Desk {',
    '  // #region book',
    '  book(): void {}',
    '  // #endregion book',
    '  // #region hidden',
    '  other(): void {}',
    '  // #endregion hidden',
    '}',
  ]);
  const blocks = ['src/desk.ts#card', 'src/desk.ts#book', 'src/desk.ts, frame'];
  write(
    'docs/page.md',
    blocks.flatMap((source) => [`<!-- snippet: ${source} -->`, '', '```ts', '```', '']),
  );
  expect(sync()).toMatchObject({ code: 0 });
  expect(page().slice(-9, -2)).toEqual([
    "import { Tool } from 'somewhere';",
    '// … class Card',
    'export class Desk {',
    '  // … book()',
    '  other(): void {}',
    '}',
    '```',
  ]);
  expect(sync('--check')).toMatchObject({ code: 0 });
});
