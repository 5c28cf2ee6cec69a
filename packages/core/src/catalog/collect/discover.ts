import { readdir } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isError, messageOf, RepriseError } from '../../errors/index.js';
import { type ComponentClass, recordsOf } from '../../metadata/index.js';
import type { Problems } from '../problems.js';
import { isDecorated } from './component.js';

const compiled = /\.(?:js|mjs)$/;
/** Only where nothing is compiled, so that a loader for TypeScript is at work. */
const source = /(?<!\.d)\.(?:ts|mts)$/;
const notForServing = /\.(?:test|spec)\.[^.]+$/;
const foldersToSkip = /(?:^|[\\/])(?:node_modules|__tests__|\.[^\\/]+)[\\/]/;

/**
 * Imports every module of a folder and of the folders in it, in sorted order, and takes the exported decorated classes.
 * Reports folders that cannot be read and modules that throw.
 */
export async function discover(folder: URL | string, problems: Problems): Promise<ComponentClass[]> {
  const found = new Set<ComponentClass>();
  for (const file of await modulesIn(folder, problems)) {
    for (const exported of await exportsOf(file, problems)) {
      if (isComponent(exported, problems)) found.add(exported);
    }
  }
  return [...found];
}

async function modulesIn(folder: URL | string, problems: Problems): Promise<string[]> {
  try {
    const path = pathOf(folder);
    const names = (await readdir(path, { recursive: true }))
      .filter((name) => !foldersToSkip.test(name) && !notForServing.test(name))
      .toSorted((a, b) => (a.replaceAll(sep, '/') < b.replaceAll(sep, '/') ? -1 : 1));
    const files = names.filter((name) => compiled.test(name));
    const modules = files.length > 0 ? files : names.filter((name) => source.test(name));
    if (modules.length > 0) return modules.map((name) => join(path, name));
    throw new Error('there is no module in it');
  } catch (cause) {
    problems.add('DISCOVERY_FAILED', `the folder could not be loaded: ${messageOf(cause)}.`, {
      where: `discover "${String(folder)}"`,
      fix: "Name an existing folder of modules, best as new URL('./tools/', import.meta.url).",
      cause,
    });
    return [];
  }
}

function pathOf(folder: URL | string): string {
  if (folder instanceof URL || folder.startsWith('file:')) return fileURLToPath(folder);
  if (isAbsolute(folder)) return folder;
  throw new Error('a relative path says nothing about what it is relative to');
}

async function exportsOf(file: string, problems: Problems): Promise<unknown[]> {
  try {
    const module: unknown = await import(pathToFileURL(file).href);
    return Object.values(module as object); // a module namespace is an object
  } catch (cause) {
    problems.take(failure(file, cause));
    return [];
  }
}

function failure(file: string, cause: unknown): RepriseError {
  // A class is read before its module has run only where modules import each other in a circle.
  if (isError(cause) && cause.name === 'ReferenceError' && cause.message.includes('before initialization')) {
    return new RepriseError('CIRCULAR_IMPORT', `the module could not be loaded: ${cause.message}.`, {
      where: file,
      fix: 'Break the circle: move what both modules need to a third one.',
      cause,
    });
  }
  return new RepriseError('DISCOVERY_FAILED', `the module could not be loaded: ${messageOf(cause)}.`, {
    where: file,
    fix: 'Repair the module, or move it out of the discovered folder.',
    cause,
  });
}

/** Servers are not components: a module of a discovered folder may well import its server. */
function isComponent(exported: unknown, problems: Problems): exported is ComponentClass {
  if (typeof exported !== 'function') return false;
  const records = problems.attempt(() => recordsOf(exported as ComponentClass)); // whatever is no class has no records
  return records !== undefined && records.server === undefined && isDecorated(records);
}
