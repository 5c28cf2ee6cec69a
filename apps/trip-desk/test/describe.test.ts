import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { TripDesk } from '../src/trip-desk.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
jest.setTimeout(60_000); // npm and the compiler are slow to start on a busy machine

describe('npm run describe -w apps/trip-desk', () => {
  let printed = '';
  beforeAll(async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const args = ['run', '--silent', 'describe', '-w', 'apps/trip-desk'];
    ({ stdout: printed } = await promisify(execFile)(npm, args, { cwd: root }));
  });

  /** The lines below a title, without its indentation and with single spaces. */
  function section(title: string): string[] {
    const [, body = ''] = printed.split(new RegExp(`^${title}$`, 'm'));
    const [lines = ''] = body.split('\n\n');
    return lines
      .trim()
      .split('\n')
      .map((line) => line.trim().replaceAll(/ {2,}/g, ' '));
  }

  test('prints whatever the desk offers', async () => {
    const { tools, prompts, resources } = await new TripDesk({ logLevel: 'error' }).describe();
    const titles = printed.split('\n').filter((line) => /^(tool|prompt|resource) /.test(line));
    expect(titles).toEqual([
      ...tools.map(({ name }) => `tool ${name}`),
      ...prompts.map(({ name }) => `prompt ${name}`),
      ...resources.map(({ uri }) => `resource ${uri}`),
    ]);
    expect(tools.map(({ name }) => name).sort()).toEqual(['book', 'comfort', 'pack', 'weather']);
  });

  test('with what goes in and comes out', () => {
    expect(section('tool book')).toEqual([
      'Book a trip',
      'takes destination string examples ["Lisbon"] The city to fly to',
      'takes nights integer minimum 1 maximum 30 How many nights',
    ]);
    expect(section('tool weather')).toContain('gives degrees number In degrees Celsius');
  });

  test('and what is enforced at run time only', () => {
    expect(section('prompt weekend')).toEqual([
      'Plan a weekend',
      'takes city Where to',
      'takes mood? What the weekend is for, in a few words',
      'checked mood matches',
    ]);
  });
});
