import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeProject } from '../src/making/make-project.js';
import { Scaffolder } from './support/scaffolder.js';

let here: Scaffolder;
beforeEach(() => {
  here = new Scaffolder();
});
afterEach(() => here.remove());

const visible = (...path: string[]) => readdirSync(here.path(...path)).filter((name) => name !== '.programs');
const read = (...path: string[]) => readFileSync(here.path(...path), 'utf8');
const manifest = (folder: string) => JSON.parse(read(folder, 'package.json'));
const git = (folder: string, ...args: string[]) =>
  spawnSync('git', args, { cwd: here.path(folder), encoding: 'utf8', env: here.env }).stdout.trim();
const quick = ['--no-install', '--no-git'];

describe('what is made', () => {
  test.each(['stdio', 'http', 'full'])(
    '%s: whole, named, with the versions of the scaffolder',
    (template) => {
      expect(here.run(['desk', '--template', template, ...quick])).toMatchObject({ code: 0, errors: '' });
      expect(visible()).toEqual(['desk']);
      expect(statSync(here.path('desk')).mode & 0o777).toBe(0o777 & ~process.umask());
      expect(visible('desk')).toEqual(
        expect.arrayContaining(['.dockerignore', '.gitignore', 'Dockerfile', 'README.md', 'src', 'test']),
      );
      expect(visible('desk')).not.toContain('_gitignore');
      const { name, dependencies, devDependencies } = manifest('desk');
      expect(name).toBe('desk');
      expect(dependencies['@reprise/core']).toBe('^0.1.0');
      expect(devDependencies['@reprise/testing']).toBe('^0.1.0');
      expect(read('desk', 'README.md')).toMatch(/^# desk\n/);
      expect(read('desk', 'src/potion-shop.ts')).toContain("name: 'desk'");
      for (const file of readdirSync(here.path('desk'), { recursive: true, withFileTypes: true }))
        if (file.isFile())
          expect(readFileSync(`${file.parentPath}/${file.name}`, 'utf8')).not.toMatch(/my-mcp-app/);
    },
  );

  test('other versions of the scaffolder ask for other versions of the packages', async () => {
    const plan = {
      folder: here.path('desk'),
      packageName: 'desk',
      exists: false,
      template: 'http',
      pm: 'npm',
    } as const;
    const signal = new AbortController().signal;
    await makeProject({ ...plan, install: false, git: false }, { version: '3.2.1', signal });
    const { dependencies } = manifest('desk');
    expect(dependencies).toMatchObject({
      '@reprise/core': '^3.2.1',
      '@reprise/transport-streamable-http': '^3.2.1',
      'class-validator': '^0.15.1',
    });
  });

  test('without a name and a terminal: the default', () => {
    expect(here.run(quick).code).toBe(0);
    expect(manifest('my-mcp-app').name).toBe('my-mcp-app');
    expect(visible('my-mcp-app', 'src')).toContain('main.ts');
  });

  test('a scope belongs to the package, not to the folder', () => {
    here.run(['@acme/desk', ...quick]);
    expect(manifest('desk').name).toBe('@acme/desk');
    expect(read('desk', 'src/potion-shop.ts')).toContain("name: 'desk'");
  });

  test('in folders that are not there yet', () => {
    expect(here.run(['work/servers/desk', ...quick]).output).toContain('cd work/servers/desk');
    expect(manifest('work/servers/desk').name).toBe('desk');
  });

  test.each([['.'], ['./']])('in an empty folder that is there: %s', (name) => {
    mkdirSync(here.path('Desk No 5/.git'), { recursive: true });
    const cwd = here.path('Desk No 5');
    const inode = statSync(cwd).ino;
    const { code, output } = here.run([name, ...quick], { cwd });
    expect(code).toBe(0);
    expect(output).not.toContain('cd ');
    expect(manifest('Desk No 5').name).toBe('desk-no-5');
    expect(statSync(cwd).ino).toBe(inode);
    expect(visible('Desk No 5').filter((file) => file.startsWith('.create'))).toEqual([]);
  });
});

describe('the package manager', () => {
  test.each([
    ['pnpm/10.2.0 npm/? node/v22.1.0', 'pnpm install', 'pnpm dev', 'pnpm-workspace.yaml'],
    ['yarn/4.1.0 npm/? node/v22.1.0', 'yarn install', 'yarn dev', '.yarnrc.yml'],
    ['bun/1.4.5 npm/? node/v22.1.0', 'bun install', 'bun run dev', 'package.json'],
    ['npm/11.0.0 node/v22.1.0', 'npm install', 'npm run dev', 'package.json'],
    ['deno/3', 'npm install', 'npm run dev', 'package.json'],
  ])('is the one that runs it: %s', (agent, install, dev, file) => {
    const { output } = here.run(['desk', ...quick], { env: { npm_config_user_agent: agent } });
    expect(output).toContain(`  ${install}\n  ${dev} `);
    expect(visible('desk')).toContain(file);
    expect(read('desk', 'README.md')).toContain(`${dev} `);
  });

  test('or the one that is asked for; it installs in the project, quietly', () => {
    here.program('pnpm', 'echo "$PWD $*" > installed.txt; mkdir node_modules');
    const { code, output } = here.run(['desk', '--pm', 'pnpm', '--yes']);
    expect(code).toBe(0);
    expect(output).not.toContain('pnpm install');
    expect(read('desk', 'installed.txt')).toBe(`${here.path('desk')} install\n`);
    expect(git('desk', 'status', '--short')).toBe('');
  });

  test('whose failure leaves the project and says what to run', () => {
    here.program('npm', 'echo "registry is away" >&2; exit 7');
    const { code, output, errors } = here.run(['desk']);
    expect(code).toBe(1);
    expect(errors).toContain('registry is away\n\nThe project is there, its dependencies are not.');
    expect(output).toContain('  npm install\n');
    expect(existsSync(here.path('desk/package.json'))).toBe(true);
  });

  test('that is not installed', () => {
    const { code, errors } = here.run(['desk', '--pm', 'bun'], { env: { PATH: here.path('.programs') } });
    expect({ code, errors }).toMatchObject({
      code: 1,
      errors: expect.stringContaining('bun is not installed'),
    });
  });

  test('is stopped with us', async () => {
    here.program('npm', 'trap "exit 3" TERM; echo $$ > pid; for _ in $(seq 200); do sleep 0.05; done');
    const runs = () => existsSync(here.path('desk/pid'));
    const { code, output, errors } = await here.interrupt(['desk'], runs, 'SIGTERM');
    expect(code).toBe(130);
    expect(errors).toContain('The project is there, its dependencies are not.');
    expect(output).toContain('  npm install\n');
    expect(visible('desk')).not.toContain('.git');
    expect(() => process.kill(Number(read('desk', 'pid')), 0)).toThrow('ESRCH');
  });
});

describe('the repository', () => {
  test('one commit with everything, also when the user signs commits', () => {
    spawnSync('git', ['config', '--global', 'commit.gpgSign', 'true'], { env: here.env });
    here.run(['desk', '--no-install']);
    expect(git('desk', 'log', '--format=%s')).toBe('Start from create-mcp-app');
    expect(git('desk', 'status', '--short')).toBe('');
  });

  test('none with --no-git', () => {
    here.run(['desk', ...quick]);
    expect(visible('desk')).not.toContain('.git');
  });

  test('none inside another', () => {
    spawnSync('git', ['init', '--quiet'], { cwd: here.folder, env: here.env });
    here.run(['desk', '--no-install']);
    expect(visible('desk')).not.toContain('.git');
  });

  test('none without git', () => {
    const { code } = here.run(['desk', '--no-install'], { env: { PATH: here.path('.programs') } });
    expect({ code, files: visible('desk') }).toMatchObject({
      code: 0,
      files: expect.not.arrayContaining(['.git']),
    });
  });

  test('an author that git does not know is no failure', () => {
    const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '', EMAIL: '' };
    const { code, output } = here.run(['desk', '--no-install'], { env });
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('no first commit') });
  });
});

describe('nothing is left of a project that was given up', () => {
  const plan = { packageName: 'desk', template: 'stdio', pm: 'npm', install: false, git: false } as const;

  test.each([
    ['beside its place', 'desk', false],
    ['with the folders above it', 'work/servers/desk', false],
    ['inside its place', '.', true],
  ])('%s', async (_, folder, exists) => {
    const making = { version: '0.1.0', signal: AbortSignal.abort() };
    await expect(makeProject({ ...plan, folder: here.path(folder), exists }, making)).rejects.toThrow(
      'abort',
    );
    expect(visible()).toEqual([]);
  });

  test('when its place is taken in the meantime', async () => {
    mkdirSync(here.path('desk/notes'), { recursive: true });
    const making = { version: '0.1.0', signal: new AbortController().signal };
    await expect(
      makeProject({ ...plan, folder: here.path('desk'), exists: false }, making),
    ).rejects.toThrow();
    expect(visible()).toEqual(['desk']);
    expect(visible('desk')).toEqual(['notes']);
  });
});
