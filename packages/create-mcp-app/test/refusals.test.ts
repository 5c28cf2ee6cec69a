import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Scaffolder } from './support/scaffolder.js';

let here: Scaffolder;
beforeEach(() => {
  here = new Scaffolder();
});
afterEach(() => here.remove());

const visible = () => readdirSync(here.folder).filter((name) => name !== '.programs');

function expectRefusal(args: string[], ...said: string[]) {
  const before = visible();
  const { code, output, errors } = here.run(args);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  for (const text of said) expect(errors).toContain(text);
  expect(errors).not.toMatch(/\n\s+at /);
  expect(visible()).toEqual(before);
}

describe('a name that npm would not take', () => {
  test.each([
    ['My App', 'it has capital letters', 'such as my-app.'],
    ['.hidden', 'it begins with a dot', 'such as hidden.'],
    ['_under', 'it begins with a dot, a dash or an underscore', 'such as under.'],
    ['späße', 'it contains "ä"', 'such as sp-e.'],
    ['a~b', 'it contains "~"', 'such as a-b.'],
    ['node_modules', 'Node keeps', 'such as my-mcp-app.'],
    ['fs', 'Node keeps', 'such as my-mcp-app.'],
    ['@Acme/desk', 'capital', 'such as acme-desk.'],
    ['a'.repeat(215), 'longer than 214', 'such as aaa'],
    ['', 'it is empty', 'such as my-mcp-app.'],
  ])('%j', (name, why, fix) => {
    expectRefusal([name, '--no-install'], why, fix);
  });
});

describe('a place that is taken', () => {
  test('a folder with files', () => {
    mkdirSync(here.path('desk'));
    for (const name of ['a', 'b', 'c', 'd']) writeFileSync(here.path('desk', name), '');
    expectRefusal(
      ['desk'],
      `The folder ${here.path('desk')} is not empty: it has a, b, c, ….`,
      'another name',
    );
    expect(readdirSync(here.path('desk'))).toHaveLength(4);
  });

  test('the current folder with files', () => {
    writeFileSync(here.path('notes.txt'), '');
    expectRefusal(['.'], 'is not empty', 'notes.txt');
  });

  test('a file', () => {
    writeFileSync(here.path('desk'), '');
    expectRefusal(['desk'], 'is a file');
  });

  test('a folder inside a file', () => {
    writeFileSync(here.path('file'), '');
    expectRefusal(['file/desk'], 'Nothing can be made there: ENOTDIR', 'Choose another place.');
  });

  test('a folder where nobody may write', () => {
    expectRefusal(['/proc/desk'], 'Could not make /proc/desk: ENOENT', 'Nothing was left behind.');
  });
});

describe('an option that does not exist', () => {
  test.each([
    [['--template', 'sse'], "'sse' is invalid. Allowed choices are stdio, http, full."],
    [['--pm', 'cargo'], "'cargo' is invalid. Allowed choices are npm, pnpm, yarn, bun."],
    [['--colour'], "unknown option '--colour'"],
    [['two', 'names'], 'too many arguments'],
  ])('%j', (args, why) => expectRefusal(args, why, '--help shows'));
});

test('a Node that is too old, before anything is imported that it could not read', () => {
  const old = here.path('.programs/old.cjs');
  writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });");
  // every import but the program itself fails
  const loader = here.path('.programs/refuse.mjs');
  writeFileSync(
    loader,
    "export const load = (url, context, next) => { if (url.endsWith('/bin/create-mcp-app.js')) return next(url, context); throw new Error(`imported ${url}`); };",
  );
  const { code, errors } = here.run(['desk', '--yes'], {
    node: ['--no-warnings', '--require', old, '--loader', loader],
  });
  expect({ code, lines: errors.trim().split('\n') }).toEqual({
    code: 1,
    lines: [
      'create-mcp-app needs Node 20.19 or newer; this is Node 20.18.3.',
      'Install a current Node from https://nodejs.org, then run the same command again.',
    ],
  });
  expect(visible()).toEqual([]);
});

test('help and version are no refusals', () => {
  expect(here.run(['--help'])).toMatchObject({
    code: 0,
    errors: '',
    output: expect.stringContaining('--no-git'),
  });
  expect(here.run(['--version'])).toMatchObject({ code: 0, output: '0.1.0\n' });
});
