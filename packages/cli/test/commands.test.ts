import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { greeter, Project } from './support/project.js';
import { reprise } from './support/reprise.js';
import { atTerminal, hasTerminal, keys } from './support/terminal.js';

const desk = fileURLToPath(new URL('../../../apps/trip-desk', import.meta.url));
const overStdio = ['--', process.execPath, 'dist/main.js', '--transport', 'stdio'];
const trip = ['--arg', 'destination=Rome', '--arg', 'nights=2'];

let server: ReturnType<typeof spawn>;
let url = '';

beforeAll(async () => {
  server = spawn(process.execPath, ['dist/main.js', '--port', '0'], {
    cwd: desk,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const chunk of server.stdout ?? []) {
    url = /http:\/\/\S+/.exec(String(chunk))?.[0] ?? '';
    if (url !== '') break;
  }
  server.stdout?.resume();
});

afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill();
  await ended;
});

describe('reprise list', () => {
  test('over HTTP and stdio, in both eras, as text and as JSON', async () => {
    const legacy = await reprise(['list', url, '--era', 'legacy'], desk);
    expect(legacy).toMatchObject({ code: 0, stderr: '' });
    expect(legacy.stdout).toContain('trip-desk 1.0.0 (2025-11-25)');
    expect(legacy.stdout).toContain('book(destination: string, nights: integer)');
    const modern = await reprise(['list', '--era', 'modern', '--format', 'json', ...overStdio], desk);
    const offer = JSON.parse(modern.stdout) as { protocolVersion: string; tools: { name: string }[] };
    expect(offer.protocolVersion).toBe('2026-07-28');
    expect(offer.tools.map(({ name }) => name)).toEqual(['book', 'comfort', 'pack', 'weather']);
  });

  test('a TypeScript file is compiled first; errors of the compiler are told', async () => {
    const project = new Project({ 'src/main.ts': greeter('hello', 'stdio()') });
    try {
      const first = await reprise(['call', 'greet', '--era', 'legacy'], project.folder);
      expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hello \d+\n$/) });
      expect(first.stderr).toContain('compiling ');
      project.write('src/main.ts', greeter('hello', 'stdio() as number'));
      const broken = await reprise(['list', 'src/main.ts'], project.folder);
      expect(broken.code).toBe(2);
      expect(broken.stderr).toMatch(/does not compile:[\s\S]*TS\d+/);
    } finally {
      project.remove();
    }
  });

  test('says why there is no connection', async () => {
    const refused = await reprise(['list', 'http://127.0.0.1:1/mcp'], desk);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /^reprise: No connection to http:\/\/127\.0\.0\.1:1\/mcp: .*\n {2}fix: See that the server runs/,
    );
    expect((await reprise(['list', 'nowhere.js'], desk)).stderr).toMatch(/There is no file .*\n {2}fix: /);
    expect((await reprise(['list', '--era', 'stone'], desk)).code).toBe(2);
  });
});

describe('reprise call', () => {
  test.each(['legacy', 'modern'])('answers questions from the command line (%s)', async (era) => {
    const answers = ['--answer', 'name=Ada', '--answer', 'email=ada@example.com', '--yes'];
    const booked = await reprise(['call', 'book', url, '--era', era, ...trip, ...answers], desk);
    expect(booked.stdout).toMatch(/^Booked: ticket \S+, 2 nights in Rome for Ada\.\n$/);
    expect(booked.code).toBe(0);
    const declined = await reprise(['call', 'book', url, '--era', era, ...trip, '--decline'], desk);
    expect(declined.stdout).toBe('Nothing booked.\n');
  });

  test.each(['legacy', 'modern'])(
    'parallel questions about one field get their own answers (%s)',
    async (era) => {
      const answers = ['--answer', 'value=aisle', '--answer', 'value=fish'];
      const chosen = await reprise(
        ['call', 'comfort', url, '--era', era, '--arg', 'ticket=007', ...answers],
        desk,
      );
      expect(chosen.stdout).toBe('Ticket 007: aisle seat, fish to eat.\n');
    },
  );

  test('shows progress, plays the model, and prints the result alone on stdout', async () => {
    const packed = await reprise(['call', 'pack', url, ...trip, '--sample', 'A hat.'], desk);
    expect(packed.stdout).toBe('A hat.\n');
    expect(packed.stderr).toContain('progress 1/2 Looking at the weather');
    expect((await reprise(['call', 'pack', url, ...trip], desk)).stdout).toBe('Pack for every weather.\n');
  });

  test('exit codes: 1 when the tool fails, 2 when the words are wrong or a question stays open', async () => {
    const failed = await reprise(
      ['call', 'book', url, '--json', '{"destination":"Atlantis","nights":2}'],
      desk,
    );
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('We fly to') });
    const unknown = await reprise(['call', 'bok', url], desk);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('Call one of: book, comfort') });
    const untyped = await reprise(['call', 'book', url, '--arg', 'nights=two'], desk);
    expect(untyped).toMatchObject({ code: 2, stderr: expect.stringContaining('nights is a number') });
    const open = await reprise(['call', 'book', url, ...trip], desk);
    expect(open).toMatchObject({ code: 2, stdout: '' });
    expect(open.stderr).toMatch(/asks "Who travels\?".*\n {2}fix: Add --answer name=… --answer email=…/);
  });

  (hasTerminal ? test : test.skip)('a person answers at the terminal', async () => {
    const { code, seen } = await atTerminal(['call', 'book', url, ...trip], desk, [
      ['Full name', `Ada${keys.enter}`],
      ['mail', `not an address${keys.enter}`],
      ['Type it like', `${keys.clear}ada@example.com${keys.enter}`],
      ['leave it out', keys.enter],
      ['Book it?', 'y'],
    ]);
    expect(seen).toMatch(/Booked: ticket \S+, 2 nights in Rome for Ada\./);
    expect(code).toBe(0);
  });
});

test('reprise read and prompt', async () => {
  expect((await reprise(['read', 'city://Rome/guide', url], desk)).stdout).toContain('Rome');
  const missing = await reprise(['read', 'city://Atlantis/guide', url], desk);
  expect(missing).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('The server refused'),
  });
  const weekend = await reprise(['prompt', 'weekend', url, '--arg', 'city=Rome', '--arg', 'mood=art'], desk);
  expect(weekend.stdout).toMatch(/^user: Plan a weekend in Rome for art\./);
});

describe('reprise doctor', () => {
  test('finds nothing wrong with a server that works', async () => {
    const { code, stdout } = await reprise(['doctor', url], desk);
    expect(stdout).toContain('emits decorator metadata');
    expect(stdout).toContain('4 tools, fit for every client we know of');
    expect(code).toBe(0);
  });

  test('names what is wrong, where, and the fix', async () => {
    const copy = JSON.stringify({ name: '@reprise/core', version: '0.0.9' });
    const project = new Project({
      'src/main.ts': greeter('hello', 'stdio()'),
      'package.json': JSON.stringify({ scripts: { dev: 'tsx src/main.ts' } }),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { experimentalDecorators: true, module: 'commonjs' },
        include: ['src'],
      }),
      'node_modules/@reprise/core/package.json': copy,
    });
    try {
      const { code, stdout } = await reprise(['doctor', '--json'], project.folder);
      const found = JSON.parse(stdout) as { level: string; what: string; fix?: string }[];
      const errors = found.filter(({ level }) => level === 'error').map(({ what }) => what);
      expect(errors).toEqual(
        expect.arrayContaining([
          'the package is not ESM',
          'emitDecoratorMetadata is off',
          'module is commonjs',
          expect.stringContaining('emits no decorator metadata'),
          expect.stringContaining('there are 2 copies'),
        ]),
      );
      expect(found.filter(({ level, fix }) => level !== 'ok' && fix === undefined)).toEqual([]);
      expect(found.map(({ what }) => what)).toContainEqual(
        expect.stringContaining('writes no decorator metadata'),
      );
      expect(code).toBe(1);
    } finally {
      project.remove();
    }
  });
});

test('reprise doctor does not mind copies that the project cannot reach', async () => {
  const manifest = (name: string) => JSON.stringify({ name, version: '0.0.9', dependencies: {} });
  const project = new Project({
    'outer/node_modules/@reprise/core/package.json': manifest('@reprise/core'),
    'outer/inner/node_modules/@reprise/core/package.json': manifest('@reprise/core'),
    'outer/inner/node_modules/desk/package.json': JSON.stringify({
      name: 'desk',
      dependencies: { '@reprise/core': '*' },
    }),
    'outer/inner/package.json': JSON.stringify({ dependencies: { '@reprise/core': '*', desk: '*' } }),
  });
  const copies = async () => {
    const { stdout } = await reprise(['doctor', '--json'], `${project.folder}/outer/inner`);
    const found = JSON.parse(stdout) as { what: string }[];
    return found.filter(({ what }) => what.includes('copies'));
  };
  try {
    expect(await copies()).toEqual([]);
    project.write(
      'outer/inner/node_modules/desk/node_modules/@reprise/core/package.json',
      manifest('@reprise/core'),
    );
    expect(await copies()).toMatchObject([{ what: expect.stringContaining('there are 2 copies') }]);
  } finally {
    project.remove();
  }
});

test('reprise inspect starts an installed Inspector and installs none', async () => {
  const project = new Project({ 'server.js': '' });
  try {
    const missing = await reprise(['inspect', 'server.js'], project.folder, { PATH: '' });
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm install --save-dev @modelcontextprotocol/inspector'),
    });
    const inspector = 'node_modules/@modelcontextprotocol/inspector';
    project.write(
      `${inspector}/package.json`,
      JSON.stringify({ name: 'x', version: '1.0.0', bin: { 'mcp-inspector': 'i.cjs' } }),
    );
    project.write(`${inspector}/i.cjs`, 'console.log(process.argv.slice(2).join(" "))');
    expect((await reprise(['inspect', 'server.js'], project.folder)).stdout).toBe(
      `-- ${process.execPath} ${project.folder}/server.js\n`,
    );
    expect((await reprise(['inspect', url], project.folder)).stdout).toBe(
      `--transport http --server-url ${url}\n`,
    );
  } finally {
    project.remove();
  }
});

test('help and mistakes', async () => {
  expect(await reprise(['--help'], desk)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('doctor'),
    stderr: '',
  });
  expect(await reprise(['sing'], desk)).toMatchObject({ code: 2, stdout: '' });
});
