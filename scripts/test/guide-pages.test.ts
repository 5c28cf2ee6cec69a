import { expect, test } from '@jest/globals';

interface Reading {
  steps: { kind: string; file?: string; text: string }[];
  faults: string[];
}

const load = (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href);
// the scripts are plain JavaScript, so their types are said here
const { stepsOf } = (await load('../guide-walk/page-steps.mjs')) as { stepsOf(markdown: string): Reading };
const { labelOf } = (await load('../snippets.mjs')) as { labelOf(code: string): string };

const block = (language: string, ...lines: string[]) => ['```' + language, ...lines, '```', ''].join('\n');
const rest = (file: string, ...lines: string[]) =>
  [
    '<details>',
    `<summary>The rest of <code>${file}</code></summary>`,
    '',
    block('ts', ...lines),
    '</details>',
  ].join('\n');

test('blocks go into the rest of their file, by name and indentation', () => {
  const page = [
    block('ts', 'class Card {}'),
    block('ts', "@Tool({ name: 'card' })", 'show(): Card {', '  return new Card();', '}'),
    rest(
      'src/desk.ts',
      "import { Tool } from 'x';",
      '',
      '// … class Card',
      'class Desk {',
      '  // … show()',
      '}',
    ),
  ].join('\n');
  const { steps, faults } = stepsOf(page);
  expect(faults).toEqual([]);
  expect(steps).toMatchObject([
    {
      kind: 'file',
      file: 'src/desk.ts',
      text: [
        "import { Tool } from 'x';",
        '',
        'class Card {}',
        'class Desk {',
        "  @Tool({ name: 'card' })",
        '  show(): Card {',
        '    return new Card();',
        '  }',
        '}',
      ].join('\n'),
    },
  ]);
});

test('a file that the line above names, what continues it, commands and what they print', () => {
  const page = [
    'Write `src/main.ts`:\n',
    block('ts', 'const one = 1;'),
    'And then\n',
    block('ts', 'export { one };'),
    block('sh', 'npm start'),
    block('text', 'it runs'),
    'Elsewhere:\n',
    block('text', 'no output of a command'),
  ].join('\n');
  expect(stepsOf(page)).toMatchObject({
    steps: [
      { kind: 'file', file: 'src/main.ts', text: 'const one = 1;\n\nexport { one };' },
      { kind: 'commands', text: 'npm start' },
      { kind: 'output', text: 'it runs' },
    ],
    faults: [],
  });
});

test('what a reader cannot follow', () => {
  expect(stepsOf(block('ts', 'const lost = 1;')).faults).toEqual([
    'line 1: it does not say where this code belongs',
  ]);
  const page = [
    block('ts', 'class A {}'),
    block('ts', 'class A {}'),
    rest('a.ts', '// … class A', '// … b()'),
  ];
  expect(stepsOf(page.join('\n')).faults).toEqual([
    'line 5: there are two blocks with class A',
    'no block of the page is "b()"',
  ]);
});

test.each([
  [['export class Card {}', '', 'enum Floor {', '}'], 'class Card, enum Floor'],
  [['export function explain({ a }: B): string[] {', '  return [];', '}'], 'explain()'],
  [['@Tool({', "  name: 'x',", '})', 'async *read(', '  @Arg() a: string,', '): X {', '}'], 'read()'],
  [["const title = await ctx.elicit('Which?');", 'const { a, b } = c;'], 'title, a'],
  [["describeRule('x', () => ({", "  type: 'number',", '}));', 'interface Hashes {}'], 'Hashes'],
])('the name of %j', (lines, label) => {
  expect(labelOf(lines.join('\n'))).toBe(label);
});
