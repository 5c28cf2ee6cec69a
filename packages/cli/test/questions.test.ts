import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Project } from './support/project.js';
import { eventually, reprise, Running } from './support/reprise.js';
import { atTerminal, hasTerminal, keys, type Step } from './support/terminal.js';

const source = new URL('fixtures/questioner.ts', import.meta.url);
const overStdio = 'dist/main.js';
let project: Project;
let overSse: string;
let server: ChildProcess;

beforeAll(async () => {
  project = new Project({ 'src/main.ts': readFileSync(source, 'utf8') });
  const { code, stderr } = await reprise(['list', 'src/main.ts'], project.folder);
  if (code !== 0) throw new Error(stderr);
  server = spawn(process.execPath, [overStdio, 'sse'], {
    cwd: project.folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  overSse = String(line).trim();
}, 60_000);

afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill();
  await ended;
  project.remove();
});

const run = (...words: string[]) => reprise(words, project.folder);

describe('without a terminal', () => {
  test('HTTP+SSE: the path ends in /sse', async () => {
    expect(overSse).toMatch(/\/sse$/);
    expect((await run('list', overSse)).stdout).toContain('questioner 1.0.0 (2025-11-25)');
    const ordered = await run('call', 'order', overSse, '--answer', 'toppings=olives,corn');
    expect(ordered).toMatchObject({ code: 0, stdout: '{"toppings":["olives","corn"]}\n' });
    const modern = await run('list', overSse, '--era', 'modern');
    expect(modern).toMatchObject({ code: 2, stderr: expect.stringContaining('try --era auto') });
  });

  test.each(['legacy', 'modern'])('a page is accepted by --yes and named without it (%s)', async (era) => {
    const pay = (...words: string[]) => run('call', 'pay', overStdio, '--era', era, ...words);
    expect(await pay('--yes')).toMatchObject({ code: 0, stdout: 'page: accept\n' });
    expect(await pay('--decline')).toMatchObject({ code: 0, stdout: 'page: decline\n' });
    const open = await pay();
    expect(open.stderr).toMatch(/asks "Pay here\. https:\/\/pay\.example\/7".*\n {2}fix: Add --yes/);
    expect(open).toMatchObject({ code: 2, stdout: '' });
  });

  test('several of a list are separated by commas, within their bounds; rounds are no progress', async () => {
    const order = (toppings: string) => run('call', 'order', overStdio, '--answer', `toppings=${toppings}`);
    const two = await order('ham, corn');
    expect(two.stdout).toBe('{"toppings":["ham","corn"]}\n');
    expect(two.stderr).not.toContain('progress');
    expect((await order('ham,corn,olives')).stderr).toMatch(
      /does not answer toppings.*\n {2}fix: Choose at most 2/,
    );
    expect((await order('ham,pineapple')).stderr).toContain('Choose from ham, olives, corn');
  });
});

(hasTerminal ? describe : describe.skip)('at a terminal', () => {
  const sit = (tool: string, steps: readonly Step[], ...words: string[]) =>
    atTerminal(['call', tool, overStdio, ...words], project.folder, steps);
  const { down, enter, escape, space } = keys;

  test('several of a list, within their bounds', async () => {
    const { seen, code } = await sit('order', [
      ['What goes on it', `${space}${down}${space}${down}${space}${enter}`],
      ['Choose at most 2', `${space}${down}${space}${enter}`],
      ['A wish, if you like', `crisp${enter}`],
    ]);
    expect(seen).toContain('{"toppings":["ham","olives"],"wish":"crisp"}');
    expect(code).toBe(0);
  });

  test('Escape leaves a form: back to it, declined, or cancelled', async () => {
    const declined = await sit('order', [
      ['What goes on it', escape],
      ['Leave the question?', `${down}${down}${enter}`],
      ['What goes on it', `${space}${enter}`],
      ['A wish, if you like', escape],
      ['Leave the question?', enter],
    ]);
    expect(declined.seen).toMatch(/decline\r?\n$/);
    const cancelled = await sit('order', [
      ['What goes on it', escape],
      ['Leave the question?', escape],
    ]);
    expect(cancelled.seen).toMatch(/cancel\r?\n$/);
  });

  test('a page is shown and confirmed', async () => {
    const { seen } = await sit('pay', [['Do you go there?', 'y']]);
    expect(seen).toContain('https://pay.example/7');
    expect(seen).toContain('page: accept');
  });

  test.each(['legacy', 'modern'])(
    'questions that come together are asked one at a time (%s)',
    async (era) => {
      const steps: Step[] = [
        ['First question', `${down}${enter}`],
        ['Second question', enter],
      ];
      const { seen, screens } = await sit('seat', steps, '--era', era);
      expect(screens[0]).not.toContain('Second question');
      expect(seen).toContain('right up');
    },
  );
});

test('doctor warns of what known clients refuse', async () => {
  const { code, stdout } = await run('doctor', overStdio, '--json');
  const found = JSON.parse(stdout) as { level: string; what: string; where: string; fix?: string }[];
  const warnings = found.filter(({ level }) => level === 'warning');
  expect(warnings.map(({ where, what }) => `${where}: ${what}`)).toEqual([
    expect.stringMatching(
      /^tool a_name_\w+: mcp__questioner__a_name_\w+ has 76 characters, 64 .*Claude Code/,
    ),
    expect.stringMatching(/^tool a_name_\w+: questioner:a_name_\w+ has 70 characters, 60 .*Cursor/),
    'tool take: the input has anyOf at the top level (Claude, OpenAI)',
    'tool file: the input has $ref (Gemini)',
  ]);
  expect(warnings.every(({ fix }) => fix !== undefined)).toBe(true);
  expect(code).toBe(0);
});

test('reprise dev tells what the server asks, one line each', async () => {
  const dev = new Running(['dev', '--', 'sse'], project.folder);
  try {
    const url = await eventually(() => /"address":"(http[^"]+)"/.exec(dev.stderr)?.[1]);
    await run('call', 'order', url, '--answer', 'toppings=ham');
    const line = /^[\d:.]+ debug +Asks: Which pizza\? \{.*"tool":"order".*\}$/m;
    await eventually(() => line.test(dev.stderr) || undefined);
  } finally {
    await dev.stop();
  }
});
