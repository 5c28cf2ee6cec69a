import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { nearestName, shortName, whyInvalid } from './project-name.js';
import { Refusal } from '../refusal.js';

/** Where a project goes and what it is called. */
export interface Place {
  /** Absolute. */
  readonly folder: string;
  readonly packageName: string;
  /** The folder is there already, and empty. */
  readonly exists: boolean;
}

/** What may be in a folder that counts as empty. */
const harmless = new Set(['.git', '.DS_Store']);

/**
 * The place that a name means: `desk`, `work/desk`, `@acme/desk` (folder `desk`), or `.` for the current folder.
 * Throws Refusal where nothing can be made there.
 */
export function findPlace(given: string, cwd: string): Place {
  const isScoped = /^@[^/]+\/[^/]+$/.test(given);
  const folder = resolve(cwd, isScoped ? shortName(given) : given);
  const isNamed = folder !== resolve(cwd) || given.trim() === '';
  // a folder that is there has its name for other reasons; a new one is named by the user
  const packageName = isNamed ? (isScoped ? given : basename(given)) : nearestName(basename(folder));
  const reason = whyInvalid(packageName);
  if (reason !== undefined)
    throw new Refusal(
      `"${packageName}" cannot be the name of an npm package: ${reason}.`,
      `Choose another one, such as ${nearestName(packageName)}.`,
    );
  return { folder, packageName, exists: isFree(folder) };
}

/** Whether the folder is there; throws Refusal when something is in it. */
function isFree(folder: string): boolean {
  const found = look(folder);
  if (found === undefined) return false;
  if (!found.isDirectory())
    throw new Refusal(`${folder} is a file.`, 'Choose another name, or move the file away.');
  const inside = readdirSync(folder).filter((name) => !harmless.has(name));
  if (inside.length === 0) return true;
  const some = inside.slice(0, 3).join(', ') + (inside.length > 3 ? ', …' : '');
  throw new Refusal(
    `The folder ${folder} is not empty: it has ${some}.`,
    'Choose another name, or empty the folder first.',
  );
}

function look(folder: string): Stats | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    // node's file functions throw nothing else
    throw new Refusal(`Nothing can be made there: ${(error as Error).message}.`, 'Choose another place.');
  }
}
