import { afterEach, expect, test } from '@jest/globals';
import { bothEras, start, textOf } from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { OpeningHours, Readings, showOnly, WithPlugins } from '../src/server/changing.js';
import { type App, Archive } from '../src/server/lifecycle.js';
import { Steps } from '../src/steps.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
const logger = new RecordedLog();

test.each(bothEras)('the desk opens and closes, %s', async (kind) => {
  const desk = new OpeningHours({ logger });
  const server = await start(desk);
  ends.push(() => server.stop());
  const { client, call } = await server.connect(kind);
  const names = async () => (await client.listTools()).tools.map(({ name }) => name);
  desk.closeDesk();
  expect(await names()).toEqual(['search']);
  desk.openDesk();
  expect(await names()).toEqual(['lend', 'takeBack', 'search']);
  expect(textOf(await call('lend'))).toBe('Lent.');
});

test.each(bothEras)('prompts that were announced come later, %s', async (kind) => {
  const library = new WithPlugins({ logger });
  const server = await start(library);
  ends.push(() => server.stop());
  const { client } = await server.connect(kind);
  expect((await client.listPrompts()).prompts).toEqual([]);
  await showOnly(library, [Readings]);
  expect((await client.listPrompts()).prompts).toHaveLength(1);
});

test.each(bothEras)('what handlers share is opened and closed, %s', async (kind) => {
  let app: App | undefined;
  class Watched extends Archive {
    protected override async onStart() {
      return (app = await super.onStart());
    }
  }
  const archive = new Watched({ logger, name: 'watched', version: '1' });
  const server = await start(archive);
  const { call } = await server.connect(kind);
  expect(textOf(await call('search', { word: 'Tides' }))).toBe('A Year of Tides');
  expect(archive.visitors.size).toBe(kind === 'v2-legacy' ? 1 : 0);
  expect(app?.pool.isOpen).toBe(true);
  await server.stop();
  expect(app?.pool.isOpen).toBe(false);
  expect(archive.visitors.size).toBe(0);
});

test('the dev check tells of the wrong handler, and not of the right one', async () => {
  const log = new RecordedLog();
  const server = await start(new Steps({ logger: log, devCheck: true }));
  ends.push(() => server.stop());
  const user = () =>
    new Promise<{ action: 'decline' }>((resolve) => setTimeout(resolve, 100, { action: 'decline' }));
  const { call } = await server.connect('v2-modern', { user });
  await call('right');
  expect(log.text('warning')).not.toContain('played again');
  await call('wrong').catch(() => {});
  expect(log.text('warning')).toMatch(/Steps\.wrong asks something else .*It costs/);
});
