import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { main } from '../src/main.js';
import { Scaffolder } from './support/scaffolder.js';

let here: Scaffolder;
beforeEach(() => {
  here = new Scaffolder();
});
afterEach(() => here.remove());

const enter = '\r';
const down = '\u001b[B';
const controlC = '\u0003';
const quick = ['--no-install', '--no-git'];

/** Runs the program on a terminal; each key of the script is pressed when the text before it is on the screen. */
async function onTerminal(args: string[], script: [text: string, ...keys: string[]][]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  const errors = new PassThrough();
  const left = [...script];
  let screen = '';
  let since = 0;
  output.on('data', (data) => {
    screen += String(data);
    const [text, ...keys] = left[0] ?? [''];
    if (text === '' || !screen.slice(since).includes(text)) return;
    since = screen.length;
    left.shift();
    for (const key of keys) setImmediate(() => input.write(key));
  });
  let said = '';
  errors.on('data', (data) => (said += String(data)));
  const world = { args, cwd: here.folder, userAgent: undefined, input, output, errors };
  const code = await main(world);
  return { code, screen, said, left };
}

const manifest = (folder: string) => JSON.parse(readFileSync(here.path(folder, 'package.json'), 'utf8'));

test('asks for the name and the template, and for nothing else', async () => {
  const { code, screen, left } = await onTerminal(quick, [
    ['What is your server called?', 'desk', enter],
    ['What does it begin with?', down, enter],
  ]);
  expect({ code, left }).toEqual({ code: 0, left: [] });
  expect(manifest('desk').dependencies).toHaveProperty('@reprise/transport-streamable-http');
  expect(screen).toContain('the same class behind a URL');
  expect(screen).toContain('desk is ready.');
});

test('Enter takes the defaults', async () => {
  const { code } = await onTerminal(quick, [
    ['What is your server called?', enter],
    ['What does it begin with?', enter],
  ]);
  expect(code).toBe(0);
  expect(manifest('my-mcp-app').dependencies).toHaveProperty('@reprise/transport-stdio');
});

test('asks only for what the command line has not said', async () => {
  const one = await onTerminal(['desk', ...quick], [['What does it begin with?', enter]]);
  expect(one.screen).not.toContain('What is your server called?');
  const none = await onTerminal(['tower', '--template', 'full', ...quick], []);
  expect(none.screen).not.toContain('?');
  const yes = await onTerminal(['--yes', ...quick], []);
  expect([one.code, none.code, yes.code]).toEqual([0, 0, 0]);
});

test('a name that cannot be is explained at once, and can be mended', async () => {
  mkdirSync(here.path('taken'));
  writeFileSync(here.path('taken/file'), '');
  const { code, left } = await onTerminal(quick, [
    ['What is your server called?', 'taken', enter],
    ['is not empty', '2', enter],
    ['What does it begin with?', enter],
  ]);
  expect({ code, left }).toEqual({ code: 0, left: [] });
  expect(manifest('taken2').name).toBe('taken2');
});

test.each(['What is your server called?', 'What does it begin with?'])('Ctrl-C at "%s"', async (question) => {
  const { code, said } = await onTerminal(quick, [
    ...(question.endsWith('with?')
      ? [['What is your server called?', enter] satisfies [string, string]]
      : []),
    [question, controlC],
  ]);
  expect({ code, said }).toEqual({ code: 130, said: 'Nothing was made.\n' });
  expect(readdirSync(here.folder)).toEqual(['.programs']);
});
