import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { templateNames } from '../src/plan/template.js';
import { packageFolder } from './support/scaffolder.js';

const root = join(packageFolder, '../..');
const folderOf = (template: string) => join(packageFolder, 'templates', template);
const modules = (path: string) => join(root, 'node_modules', path);

/** Runs a program of the repository in the folder of a template; resolves with what it said, and how it ended. */
function node(template: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, args, { cwd: folderOf(template), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

function filesOf(template: string): Map<string, string> {
  const files = readdirSync(folderOf(template), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](dist|node_modules)[\\/]/.test(path));
  return new Map(files.map((path) => [relative(folderOf(template), path), readFileSync(path, 'utf8')]));
}

describe('a file that is in several templates says the same in all', () => {
  /** What a template is there to say differently. */
  const ownFiles = ['README.md', 'package.json', 'Dockerfile', 'src/main.ts', 'src/potion-shop.ts'];
  const [stdio, http, full] = templateNames.map(filesOf);

  test.each([...(stdio?.keys() ?? [])].filter((name) => !ownFiles.includes(name)))('%s', (name) => {
    expect(http?.get(name)).toBe(stdio?.get(name));
    expect(full?.get(name)).toBe(stdio?.get(name));
  });

  test('the server of stdio and http, the image of http and full', () => {
    expect(http?.get('src/potion-shop.ts')).toBe(stdio?.get('src/potion-shop.ts'));
    expect(full?.get('Dockerfile')).toBe(http?.get('Dockerfile'));
  });

  test('package.json, but for the transports', () => {
    const rest = (files: Map<string, string> | undefined) =>
      files?.get('package.json')?.replace(/.*"@reprise\/transport-.*\n/g, '');
    expect(rest(http)).toBe(rest(stdio));
    expect(rest(full)).toBe(rest(stdio));
  });
});

test('the templates ask for what the repository is tested with', () => {
  const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  const core = JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8')).peerDependencies;
  const theirs = JSON.parse(filesOf('full').get('package.json') ?? '');
  const wanted = { ...theirs.dependencies, ...theirs.devDependencies };
  for (const [name, range] of Object.entries<string>(wanted)) {
    if (name.startsWith('@reprise/')) continue;
    expect([name, range.replace('^', '')]).toEqual([name, (ours[name] ?? core[name]).replace('^', '')]);
  }
});

describe.each(templateNames)('%s', (template) => {
  test('type-checks, with its tests, as its own scripts do it', async () => {
    const tsc = modules('typescript/bin/tsc');
    expect(await node(template, tsc, '--noEmit')).toEqual({ code: 0, said: '' });
    expect(await node(template, tsc, '-p', 'test')).toEqual({ code: 0, said: '' });
  });

  test('compiles to what its start script runs', async () => {
    const out = mkdtempSync(join(tmpdir(), 'create-mcp-app-build-'));
    const { code } = await node(template, modules('typescript/bin/tsc'), '--outDir', out);
    const built = readdirSync(out);
    rmSync(out, { recursive: true });
    expect({ code, built }).toEqual({ code: 0, built: expect.arrayContaining(['main.js']) });
  });

  test('passes its own tests, in both eras', async () => {
    const flags = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];
    const { code, said } = await node(template, ...flags, modules('jest/bin/jest.js'), '--ci', '-i');
    expect(said).toContain('8 passed, 8 total');
    expect(code).toBe(0);
  });
});
