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

/** Follows the dependencies of a project as Node resolves them, and says what is reached in more than one place. */
export function checkCopies(folder: string): Finding[] {
  const twice = [...placesReached(folder)].filter(([, places]) => places.length > 1);
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
    where: `${name} (${places.map((place) => `${place} ${manifestIn(place)?.version ?? ''}`).join(', ')})`,
    fix: `Ask for one version everywhere, then run: npm dedupe. npm ls ${name} tells who asks for which.`,
  }));
}

/** Where each watched package is: real folders, for one that is linked from several places is one. */
function placesReached(folder: string): Map<string, string[]> {
  const reached = new Map<string, string[]>();
  const seen = new Set<string>();
  const follow = (names: readonly string[], from: string): void => {
    for (const name of names) {
      const place = resolvePackage(name, from);
      if (place === undefined || seen.has(place)) continue;
      seen.add(place);
      if (Object.hasOwn(watched, name)) reached.set(name, [...(reached.get(name) ?? []), place]);
      follow(dependenciesOf(manifestIn(place)), place);
    }
  };
  const { devDependencies, ...manifest } = manifestIn(folder) ?? {};
  const declared = [...dependenciesOf(manifest), ...Object.keys(devDependencies ?? {})];
  // what declares nothing may use all that lies about
  follow(declared.length > 0 ? declared : foldersAbove(folder).flatMap(packagesIn), folder);
  return reached;
}

function resolvePackage(name: string, from: string): string | undefined {
  const found = foldersAbove(from)
    .map((folder) => join(folder, 'node_modules', name))
    .find((path) => existsSync(join(path, 'package.json')));
  return found && realpathSync(found);
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

type Names = Readonly<Record<string, string>>;

/** What matters here of npm's format. */
interface Manifest {
  readonly version?: string;
  readonly dependencies?: Names;
  readonly peerDependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly devDependencies?: Names;
}

function manifestIn(place: string): Manifest | undefined {
  const file = join(place, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

function dependenciesOf({ dependencies, peerDependencies, optionalDependencies }: Manifest = {}): string[] {
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
}

function packagesIn(folder: string): string[] {
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : name,
    );
}
