import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const sources = fileURLToPath(new URL('./portable/', import.meta.url));
const files = readdirSync(sources);
const tool = (path: string) => join(root, 'node_modules', path);

// Inside the repository, so that what was compiled finds the built packages by their names; tsx skips node_modules.
mkdirSync(join(root, 'coverage'), { recursive: true });
const folder = mkdtempSync(join(root, 'coverage/portability-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

interface Compiler {
  /** Whether it writes down the types of properties and parameters. */
  readonly metadata: boolean;
  compile(into: string): void;
  /** What node is given to run, in that folder. */
  readonly program: readonly string[];
}

const compiled = ['list.js'];

const compilers: Record<string, Compiler> = {
  tsc: {
    metadata: true,
    compile: (into) => {
      const target = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node', '--skipLibCheck'];
      const decorators = ['--experimentalDecorators', '--emitDecoratorMetadata'];
      const emit = ['--strict', '--rootDir', sources, '--outDir', into];
      const given = files.map((file) => join(sources, file));
      run(into, tool('typescript/bin/tsc'), '--ignoreConfig', ...target, ...decorators, ...emit, ...given);
    },
    program: compiled,
  },
  swc: {
    metadata: true,
    compile: (into) => {
      for (const file of files) {
        const { code } = transformSync(readFileSync(join(sources, file), 'utf8'), {
          swcrc: false,
          module: { type: 'nodenext' },
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
        });
        writeFileSync(join(into, file.replace(/ts$/, 'js')), code);
      }
    },
    program: compiled,
  },
  esbuild: {
    metadata: false,
    compile: (into) => {
      const given = files.map((file) => join(sources, file));
      const decorators = `--tsconfig-raw=${JSON.stringify({ compilerOptions: { experimentalDecorators: true } })}`;
      // The binary itself on most platforms, a script for node on the others.
      const { status, stderr } = spawnSync(
        tool('.bin/esbuild'),
        [...given, `--outdir=${into}`, '--format=esm', '--target=es2022', decorators],
        { encoding: 'utf8', shell: process.platform === 'win32' },
      );
      expect({ status, stderr }).toMatchObject({ status: 0 });
    },
    program: compiled,
  },
  tsx: {
    metadata: false,
    compile: (into) => {
      cpSync(sources, into, { recursive: true });
      const compilerOptions = { experimentalDecorators: true, module: 'nodenext', target: 'es2022' };
      writeFileSync(join(into, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    },
    program: ['--import', 'tsx', 'list.ts'],
  },
};

type Seen = { schema?: unknown; answers?: unknown; refused?: string };
const seen: Record<string, Record<string, Seen>> = {};

beforeAll(() => {
  for (const [name, compiler] of Object.entries(compilers)) {
    const into = join(folder, name);
    mkdirSync(into);
    writeFileSync(join(into, 'package.json'), JSON.stringify({ type: 'module' }));
    compiler.compile(into);
    seen[name] = JSON.parse(run(into, ...compiler.program)) as Record<string, Seen>; // what list.ts writes
  }
}, 120_000);

const others = Object.keys(compilers).filter((name) => name !== 'tsc');
const withMetadata = (metadata: boolean) => others.filter((name) => compilers[name]?.metadata === metadata);

describe('a DTO that says everything with rules and @Type', () => {
  test('compiled by tsc, is what it should be', () => {
    const { schema, answers } = seen['tsc']?.['orders'] ?? {};
    expect(schema).toMatchObject({
      properties: {
        id: { type: 'string', title: 'Order number' },
        at: { format: 'date-time' },
        size: { enum: [1, 2] },
        tags: { type: 'array', items: { type: 'string' } },
        lines: { type: 'array', items: { $ref: '#/$defs/Line' } },
        present: { $ref: '#/$defs/Line' },
        payment: { oneOf: [{ $ref: '#/$defs/Card' }, { $ref: '#/$defs/Invoice' }] },
      },
      required: ['id', 'at', 'size', 'tags', 'lines', 'payment'],
    });
    expect(answers).toEqual([
      [{ type: 'text', text: 'true 4 1779010200000 Invoice' }],
      [{ type: 'text', text: expect.stringMatching(/- gift: .*- lines\[0\]\.sku: /s) }],
    ]);
  });

  test.each(others)('compiled by %s, is the same and answers the same', (name) => {
    expect(seen[name]?.['orders']).toEqual(seen['tsc']?.['orders']);
  });
});

describe('a DTO that leaves types to the compiler', () => {
  test('compiled by tsc, has them', () => {
    expect(seen['tsc']?.['visits']).toMatchObject({
      schema: { properties: { visitor: { type: 'string' }, place: { $ref: '#/$defs/Place' } } },
      answers: [
        [{ text: 'Ada Place -' }],
        [{ text: 'Ada Place 2' }],
        [{ text: expect.stringMatching(/^- visitor: .*^- place\.city: /ms) }],
      ],
    });
  });

  test.each(withMetadata(true))('compiled by %s, is the same', (name) => {
    expect(seen[name]?.['visits']).toEqual(seen['tsc']?.['visits']);
  });

  test.each(withMetadata(false))(
    'compiled by %s, is refused at start, with the field and the fix',
    (name) => {
      const { refused } = seen[name]?.['visits'] ?? {};
      expect(refused).toMatch(/Visit\.(visitor|place)/);
      expect(refused).toMatch(/emitDecoratorMetadata|@Type/);
    },
  );
});

describe('a parameter whose class only the compiler names', () => {
  test.each(withMetadata(true))('compiled by %s, has it', (name) => {
    expect(seen[name]?.['unnamed']).toEqual(seen['tsc']?.['unnamed']);
    expect(seen[name]?.['unnamed']?.schema).toEqual(seen['tsc']?.['orders']?.schema);
  });

  test.each(withMetadata(false))('compiled by %s, is refused at start', (name) => {
    expect(seen[name]?.['unnamed']?.refused).toMatch(/Unnamed\.run.*@Args\(/s);
  });
});
