import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** `value` is loaded with the file, `type` is gone at run time, `lazy` is an `import()`. */
export interface Import {
  specifier: string;
  line: number;
  kind: 'value' | 'type' | 'lazy';
  /** The path of the imported source file, when it is one of ours and relative. */
  target: string | undefined;
}

/** One source file and what the rules ask about it. Paths start at the root of the repository, with forward slashes. */
export interface SourceFile {
  path: string;
  /** `core`, `trip-desk`, … */
  workspace: string;
  /** The first folder below src; empty for the entries. */
  folder: string;
  text: string;
  /** The lines without comments and without what stands in quotes. */
  code: string[];
  imports: Import[];
}

/** The TypeScript sources of every workspace, without tests. */
export function readSources(): SourceFile[] {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}/src`))
    .flatMap((folder) => typeScriptBelow(folder))
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}

function typeScriptBelow(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return []; // a workspace without sources yet
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return typeScriptBelow(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

export function parseSource(path: string, text: string): SourceFile {
  const [, workspace = '', ...inner] = path.split('/');
  return {
    path,
    workspace,
    folder: inner.length > 2 ? (inner[1] ?? '') : '',
    text,
    code: text.split('\n').map(codeOf),
    imports: [...importsOf(path, text)].sort((a, b) => a.line - b.line),
  };
}

/** Prettier formats every source, so a comment line starts with its sign and a statement starts its line. */
function codeOf(line: string): string {
  if (/^\s*(\/\/|\/\*|\*)/.test(line)) return '';
  return line.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, "''").replace(/\s\/\/.*$/, '');
}

function* importsOf(path: string, text: string): Generator<Import> {
  const at = (index: number, specifier: string, kind: Import['kind']): Import => ({
    specifier,
    line: text.slice(0, index).split('\n').length,
    kind,
    target: resolve(path, specifier),
  });
  // `import { type A } from 'x'` still loads x; only `import type` and `export type` do not.
  for (const { index, 1: type, 2: specifier = '' } of text.matchAll(
    /^(?:import|export)\s+(type\s+(?!from\b))?(?:[\w*{}$,\s]+?\sfrom\s+)?'([^']+)'/gm,
  )) {
    yield at(index, specifier, type ? 'type' : 'value');
  }
  for (const { index, 1: before = '', 2: specifier = '' } of text.matchAll(
    /(\btypeof\s+|\bawait\s+|=>\s*|\breturn\s+|[:<|]\s*)import\(\s*'([^']+)'\s*\)/g,
  )) {
    yield at(index, specifier, /^(typeof|[:<|])/.test(before) ? 'type' : 'lazy');
  }
}

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** The file cycles of static value imports, each once, as the list of its files in import order. */
export function importCycles(files: SourceFile[]): string[][] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (path: string, trail: string[]): void => {
    if (trail.includes(path)) return void cycles.push([...trail.slice(trail.indexOf(path)), path]);
    if (done.has(path)) return;
    for (const { kind, target } of byPath.get(path)?.imports ?? []) {
      if (kind === 'value' && target !== undefined) walk(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  return cycles;
}
