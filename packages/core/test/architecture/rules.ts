import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Import, importCycles, root, type SourceFile } from './source-files.js';

export interface Rule {
  name: string;
  /** What to do about an offence; printed with it. */
  fix: string;
  /** `path:line what is wrong`, one for each offence. */
  offences: (files: SourceFile[]) => string[];
  /** Sources that break this rule and must be caught: path → text. */
  counterexample: Record<string, string>;
}

const coreFolders = [
  'errors',
  'logging',
  'telemetry',
  'metadata',
  'schema',
  'replay',
  'context',
  'middleware',
  'decorators',
  'catalog',
  'execution',
  'protocol',
  'server',
];

/** What a workspace may import of the others; apps import what users import. */
const openTo: Record<string, string[]> = {
  core: [],
  testing: ['@reprise/core', '@reprise/core/transport'],
  'http-edge': ['@reprise/core/transport'],
  'transport-contract': ['@reprise/core', '@reprise/core/transport'],
};
const openToTransports = ['@reprise/core/transport', '@reprise/http-edge'];

const inCore = (file: SourceFile) => file.workspace === 'core';
const inPackages = (file: SourceFile) => file.path.startsWith('packages/');

/** A rule about single imports: the check returns what is wrong, or undefined. */
function aboutImports(check: (file: SourceFile, imported: Import) => string | undefined): Rule['offences'] {
  return (files) =>
    files.flatMap((file) =>
      file.imports.flatMap((imported) => {
        const wrong = check(file, imported);
        return wrong === undefined
          ? []
          : [`${file.path}:${imported.line}  '${imported.specifier}': ${wrong}`];
      }),
    );
}

/** A rule about words that may stand in some files only. */
function onlyIn(pattern: RegExp, where: (file: SourceFile) => boolean, allowed: string[]): Rule['offences'] {
  return (files) =>
    files
      .filter((file) => where(file) && !allowed.some((place) => file.path.startsWith(`packages/${place}`)))
      .flatMap((file) =>
        file.code.flatMap((line, at) => {
          const found = pattern.exec(line)?.[0];
          return found === undefined ? [] : [`${file.path}:${at + 1}  ${found}`];
        }),
      );
}

export const rules: Rule[] = [
  {
    name: `folders of core import only from the left: ${coreFolders.join(' → ')} → entries`,
    fix: 'Move the code to the folder whose purpose it serves, or let the left folder own the interface that the right one implements. A new folder takes its place in coreFolders.',
    offences: (files) => [
      ...files
        .filter((file) => inCore(file) && file.folder !== '' && !coreFolders.includes(file.folder))
        .map((file) => `${file.path}:1  folder ${file.folder} has no place in the order`),
      ...aboutImports(checkOrder)(files),
    ],
    counterexample: {
      'packages/core/src/schema/a.ts': "import type { Catalog } from '../catalog/index.js';",
    },
  },
  {
    name: 'a folder is loaded through its index.ts',
    fix: 'Import from the index.js of that folder; export the name there if others need it. Types (`import type`) and lazy parts (`await import()`) may name their file.',
    offences: aboutImports((file, { kind, target }) => {
      if (!inCore(file) || kind !== 'value' || target === undefined) return undefined;
      const folder = target.split('/')[3] ?? '';
      if (folder === file.folder || !coreFolders.includes(folder) || target.split('/').length < 5)
        return undefined;
      return target.endsWith(`/src/${folder}/index.ts`) ? undefined : `reaches past the index of ${folder}`;
    }),
    counterexample: {
      'packages/core/src/server/a.ts': "import { seal } from '../replay/seal.js';",
    },
  },
  {
    name: 'no file imports itself through others',
    fix: 'Move what both sides need into a file that imports neither, or make the import a type.',
    offences: (files) => importCycles(files).map((cycle) => cycle.join(' → ')),
    counterexample: {
      'packages/core/src/replay/a.ts': "import { b } from './b.js';",
      'packages/core/src/replay/b.ts': "export * from './a.js';",
    },
  },
  {
    name: 'only protocol/ and the transports load the MCP SDK',
    fix: 'Write `import type`, or move the code into core/src/protocol/.',
    offences: aboutImports((file, { specifier, kind }) => {
      if (kind === 'type' || !specifier.startsWith('@modelcontextprotocol/')) return undefined;
      const free =
        !inPackages(file) ||
        ['cli', 'testing'].includes(file.workspace) ||
        file.workspace.startsWith('transport-') ||
        file.folder === 'protocol';
      return free ? undefined : 'loads the SDK here';
    }),
    counterexample: {
      'packages/core/src/execution/a.ts': "import { Server } from '@modelcontextprotocol/server';",
    },
  },
  {
    name: 'transports enter core through its door for transports',
    fix: 'Import from @reprise/core/transport (or @reprise/http-edge, in a transport); what is missing there belongs on the Host interface, not in the transport.',
    offences: aboutImports((file, { specifier, target }) => {
      if (target !== undefined) return target.startsWith(srcOf(file)) ? undefined : 'leaves its own src';
      if (!inPackages(file) || !specifier.startsWith('@reprise/')) return undefined;
      const open = openTo[file.workspace] ?? openToTransports;
      return open.includes(specifier)
        ? undefined
        : `${file.workspace} may import ${open.join(', ') || 'no package of ours'}`;
    }),
    counterexample: {
      'packages/transport-stdio/src/a.ts': "import { McpServer } from '@reprise/core';",
    },
  },
  {
    name: 'what a package imports stands in its package.json',
    fix: 'Add it to dependencies (or peerDependencies) of that workspace and run `npm install`; devDependencies are not there for users.',
    offences: aboutImports((file, { specifier, target }) => {
      if (target !== undefined || specifier.startsWith('node:')) return undefined;
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      return declared(file).includes(name) ? undefined : 'is not declared';
    }),
    counterexample: { 'packages/core/src/server/a.ts': "import { jest } from '@jest/globals';" },
  },
  {
    name: 'core opens no connection and starts no process',
    fix: 'Put it into a transport or a package of its own.',
    offences: aboutImports((file, { specifier }) =>
      inCore(file) &&
      /^node:(net|tls|dgram|http2?|https|child_process|cluster|worker_threads)$/.test(specifier)
        ? 'is not for core'
        : undefined,
    ),
    counterexample: { 'packages/core/src/server/a.ts': "import { createServer } from 'node:http';" },
  },
  {
    name: 'core writes through its logger and reads the process in server/environment.ts only',
    fix: 'Log through the Logger; take settings from McpServerOptions, or from server/environment.ts.',
    offences: (files) => [
      ...onlyIn(/\bconsole\b|\bprocess\.\w+/, inCore, ['core/src/server/environment.ts'])(files),
      ...aboutImports((file, { specifier }) =>
        inCore(file) &&
        specifier === 'node:process' &&
        file.path !== 'packages/core/src/server/environment.ts'
          ? 'is for server/environment.ts'
          : undefined,
      )(files),
    ],
    counterexample: { 'packages/core/src/catalog/a.ts': 'export const key = process.env.KEY;' },
  },
  {
    name: 'environment variables are read in core/src/server/environment.ts only',
    fix: 'Make it an option of the transport; programs read their own environment.',
    offences: onlyIn(/\bprocess\.env\b/, inPackages, [
      'core/src/server/environment.ts',
      'cli/src/surroundings.ts', // a program
    ]),
    counterexample: { 'packages/http-edge/src/a.ts': 'const host = process.env.HOST;' },
  },
  {
    name: 'only metadata/ stores anything on a class',
    fix: 'Write a record through the functions of core/src/metadata/.',
    offences: onlyIn(/\bReflect\.(define|delete)?[mM]etadata\b|\bSymbol\.for\(/, inPackages, [
      'core/src/metadata/',
      'core/src/telemetry/open-telemetry.ts', // looks for what an SDK has registered; writes nothing
    ]),
    counterexample: { 'packages/core/src/decorators/a.ts': "Reflect.defineMetadata('tool', 1, target);" },
  },
  {
    name: 'every error has a code',
    fix: 'Throw RepriseError with a code of errors/catalogue.ts, a place and a fix. Ask isError() instead of instanceof: errors of another realm are errors too.',
    offences: onlyIn(
      /\bthrow new (Type|Range|Syntax)?Error\(|\binstanceof (Type|Range|Syntax)?Error\b/,
      (file) => inPackages(file) && file.workspace !== 'transport-contract',
      [
        'core/src/errors/is-error.ts',
        'core/src/catalog/collect/discover.ts', // caught at once, as the cause of DISCOVERY_FAILED
        'transport-streamable-http/src/event-log.ts', // caught by the SDK, which answers for it
      ],
    ),
    counterexample: { 'packages/core/src/catalog/a.ts': "if (bad) throw new Error('bad');" },
  },
  {
    name: 'files have at most 300 lines',
    fix: 'Find the second idea in the file and give it a file of its own; aim at 150.',
    offences: (files) =>
      files
        .map((file) => ({ path: file.path, lines: file.text.trimEnd().split('\n').length }))
        .filter(({ lines }) => lines > 300)
        .map(({ path, lines }) => `${path}:301  ${lines} lines`),
    counterexample: { 'packages/core/src/catalog/a.ts': 'let a;\n'.repeat(301) },
  },
  {
    name: 'folders have at most 20 files (aim at 12)',
    fix: 'Look for the stage that hides in the folder and make it one.',
    offences: (files) => folderSizes(files, 20),
    counterexample: Object.fromEntries(
      Array.from({ length: 21 }, (_, at) => [`packages/core/src/catalog/file-${at}.ts`, '']),
    ),
  },
  {
    name: 'files and folders are named for their idea, in kebab-case',
    fix: 'Name it after its main export. What fits nowhere else is a sign of two ideas, not of a drawer.',
    offences: (files) =>
      files.flatMap(({ path }) =>
        path
          .replace(/(\.d)?\.ts$/, '')
          .split('/')
          .filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || drawer.test(name))
          .map((name) => `${path}:1  ${name}`),
      ),
    counterexample: { 'packages/core/src/catalog/uri-utils.ts': '' },
  },
];

// npm and its kin are called package managers
const drawer = /(^|-)(utils?|helpers?|common|shared|misc|impl|(?<!^package-)manager)($|-)/;

function checkOrder(file: SourceFile, { target, kind }: Import): string | undefined {
  if (!inCore(file) || target === undefined || file.folder === '') return undefined;
  const to = target.split('/').length > 4 ? (target.split('/')[3] ?? '') : 'entries';
  if (coreFolders.includes(to) && coreFolders.indexOf(to) <= coreFolders.indexOf(file.folder))
    return undefined;
  // The two describe each other: records hold schemas, schemas read records.
  if (kind === 'type' && file.folder === 'metadata' && to === 'schema') return undefined;
  return `${file.folder} may not import ${to}`;
}

export function folderSizes(files: SourceFile[], limit: number): string[] {
  const count = new Map<string, number>();
  for (const { path } of files) count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1);
  return [...count].filter(([, size]) => size > limit).map(([folder, size]) => `${folder}  ${size} files`);
}

function srcOf({ path }: SourceFile): string {
  return `${path.split('/', 3).join('/')}/`;
}

/** Names that a workspace may import; a private one may use what is installed to develop, since nobody installs it. */
function declared(file: SourceFile): string[] {
  const own = manifestOf(file.path.split('/', 2).join('/'));
  const names = [own.dependencies, own.peerDependencies];
  if (own.private) names.push(own.devDependencies, manifestOf('.').devDependencies);
  return names.flatMap((group) => Object.keys(group ?? {}));
}

interface Manifest {
  private?: boolean;
  dependencies?: object;
  peerDependencies?: object;
  devDependencies?: object;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest; // our own file
}
