import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { built, publicEntries } from './architecture/public-entries.js';
import { folderSizes, rules } from './architecture/rules.js';
import { parseSource, readSources, root } from './architecture/source-files.js';

const sources = readSources();

test('the sources were found and their imports read', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.reduce((sum, file) => sum + file.imports.length, 0)).toBeGreaterThan(50);
  const { imports } = parseSource(
    'packages/core/src/server/a.ts',
    [
      "import type { A } from '../errors/index.js';",
      "import './b.js';",
      "import {\n  type C,\n  d,\n} from 'c';",
      "export * from './e.js';",
      "export type { F } from 'f';",
      "const g = await import('g');",
      "type H = typeof import('h');",
    ].join('\n'),
  );
  expect(imports.map(({ specifier, kind, line }) => `${line} ${kind} ${specifier}`)).toEqual([
    '1 type ../errors/index.js',
    '2 value ./b.js',
    '3 value c',
    '7 value ./e.js',
    '8 type f',
    '9 lazy g',
    '10 type h',
  ]);
  expect(imports[0]?.target).toBe('packages/core/src/errors/index.ts');
});

describe.each(rules)('$name', ({ fix, offences, counterexample }) => {
  test('holds', () => {
    const found = offences(sources);
    if (found.length > 0) throw new Error(`\n${found.join('\n')}\n\nFix: ${fix}`);
  });
  test('is able to fail', () => {
    const files = Object.entries(counterexample).map(([path, text]) => parseSource(path, text));
    expect(offences(files)).not.toEqual([]);
  });
});

afterAll(() => {
  for (const folder of folderSizes(sources, 12))
    process.stderr.write(`aim at 12 files in a folder: ${folder}\n`);
});

test('the solution file names every workspace', () => {
  const workspaces = ['packages', 'apps']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
    .concat('benchmarks')
    .filter((path) => existsSync(join(root, path, 'tsconfig.json')));
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[]; // tsconfig.json, as tsc reads it
  };
  expect(references.map(({ path }) => path).sort()).toEqual(workspaces.sort());
});

describe.each(publicEntries())('importing $name', ({ runtime }) => {
  test('writes nothing, listens to nothing, leaves nothing running', () => {
    const script = `
      const before = process.eventNames().map(String);
      await import(${JSON.stringify(pathToFileURL(built(runtime)).href)});
      await new Promise((resolve) => setTimeout(resolve, 50)); // the module loader closes its files
      const left = [
        ...process.getActiveResourcesInfo().filter((name) => !['PipeWrap', 'TTYWrap'].includes(name)), // stdout, looked at
        ...process.eventNames().map(String).filter((name) => !before.includes(name)),
      ];
      if (left.length > 0) throw new Error('left behind: ' + left.join(', '));`;
    const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      encoding: 'utf8',
      timeout: 30_000,
    });
    const { stdout, stderr, status } = done;
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
  }, 40_000);
});
