import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Server, StartUpError, Tool } from '@reprise/core';
import { buildCatalog } from '../../src/catalog/index.js';

const folder = (name: string) => new URL(`./discovered/${name}/`, import.meta.url);

function deskThatDiscovers(...discover: (URL | string)[]): object {
  @Server({ name: 'desk', version: '1.0.0', discover })
  class Desk {
    @Tool() own(): void {}
  }
  return new Desk();
}

async function problemsOf(server: object) {
  const thrown: unknown = await buildCatalog(server).catch((error: unknown) => error);
  return thrown instanceof StartUpError ? thrown.problems : [];
}

test('takes the exported decorated classes of every module, once, in sorted order after the own ones', async () => {
  const catalog = await buildCatalog(deskThatDiscovers(folder('tools'), folder('tools').href));
  expect([...catalog.tools.keys()]).toEqual(['own', 'alpha', 'today']);
  expect([...catalog.prompts.keys()]).toEqual(['week']);
  expect(catalog.tools.get('today')?.handler.invoke()).toBe('sun');
});

test('a module that throws is named with its cause, and the rest is still checked', async () => {
  expect(await problemsOf(deskThatDiscovers(folder('broken'), folder('tools')))).toMatchObject([
    {
      code: 'DISCOVERY_FAILED',
      where: expect.stringMatching(/discovered.broken.broken\.ts$/),
      message: expect.stringContaining('no configuration'),
      cause: expect.objectContaining({ name: 'TypeError' }),
      fix: expect.any(String),
    },
  ]);
});

test('modules that import each other in a circle are named', async () => {
  const problems = await problemsOf(deskThatDiscovers(folder('circular')));
  expect(problems[0]).toMatchObject({
    code: 'CIRCULAR_IMPORT',
    where: expect.stringMatching(/circular.desk\.ts$/),
    message: expect.stringContaining('before initialization'),
    fix: expect.stringContaining('third'),
  });
});

test('a folder without modules is named', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'reprise-'));
  try {
    expect(await problemsOf(deskThatDiscovers(empty))).toMatchObject([
      { code: 'DISCOVERY_FAILED', message: expect.stringContaining('no module') },
    ]);
  } finally {
    await rm(empty, { recursive: true });
  }
});

test.each<[what: string, where: URL | string, message: RegExp]>([
  ['a folder that is not there', folder('nowhere'), /ENOENT/],
  ['a relative path', './tools', /relative to/],
])('%s is named', async (_, where, message) => {
  expect(await problemsOf(deskThatDiscovers(where))).toMatchObject([
    {
      code: 'DISCOVERY_FAILED',
      message: expect.stringMatching(message),
      fix: expect.stringContaining('import.meta.url'),
    },
  ]);
});
