import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from './finding.js';

/** What breaks when a package is there twice. */
const watched: Readonly<Record<string, { readonly level: 'error' | 'warning'; readonly because: string }>> = {
  '@reprise/core': { level: 'error', because: 'each copy has its own Context and errors' },
  'class-transformer': {
    level: 'error',
    because: 'a copy does not see what @Type() told the other, and nested values stay plain',
  },
  'class-validator': { level: 'warning', because: 'the errors of one copy are not those of the other' },
  'reflect-metadata': { level: 'warning', because: 'old copies do not share what they store' },
  '@modelcontextprotocol/server': {
    level: 'warning',
    because: 'objects of one copy are strangers to the other',
  },
};

/** Looks through the node_modules of a folder and of those above it, nested ones included. */
export function checkCopies(folder: string): Finding[] {
  const copies = new Map<string, string[]>();
  const seen = new Set<string>();
  for (let at = folder; ; at = dirname(at)) {
    collect(join(at, 'node_modules'), { copies, seen });
    if (dirname(at) === at) break;
  }
  const twice = [...copies].filter(([, places]) => places.length > 1);
  if (twice.length === 0)
    return [
      {
        level: 'ok',
        what: 'no package is there twice that must not be',
        where: join(folder, 'node_modules'),
      },
    ];
  return twice.map(([name, places]) => ({
    level: watched[name]?.level ?? 'warning',
    what: `there are ${places.length} copies: ${watched[name]?.because ?? ''}`,
    where: `${name} (${places.map((place) => `${place} ${versionOf(place)}`).join(', ')})`,
    fix: `Ask for one version everywhere, then run: npm dedupe. npm ls ${name} tells who asks for which.`,
  }));
}

interface Search {
  readonly copies: Map<string, string[]>;
  /** Real paths: a package that is linked from several places is one. */
  readonly seen: Set<string>;
}

function collect(modules: string, search: Search): void {
  for (const { name, path } of packagesIn(modules)) {
    const place = realpathSync(path);
    if (search.seen.has(place)) continue;
    search.seen.add(place);
    if (Object.hasOwn(watched, name) && existsSync(join(place, 'package.json')))
      search.copies.set(name, [...(search.copies.get(name) ?? []), place]);
    collect(join(place, 'node_modules'), search);
  }
  // where pnpm keeps what it links
  for (const { path } of packagesIn(join(modules, '.pnpm'))) collect(join(path, 'node_modules'), search);
}

function packagesIn(modules: string): { name: string; path: string }[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const path = join(modules, name);
      if (!existsSync(path)) return []; // a broken link
      if (!name.startsWith('@') || name.slice(1).includes('@')) return [{ name, path }];
      return readdirSync(path)
        .map((inner) => ({ name: `${name}/${inner}`, path: join(path, inner) }))
        .filter((found) => existsSync(found.path));
    });
}

function versionOf(place: string): string {
  return String(
    (JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as { version?: unknown }).version,
  ); // npm's format
}
