import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScript, settingsOf } from '../plan/package-manager.js';
import type { Plan } from '../plan/plan.js';
import { defaultName, shortName } from '../plan/project-name.js';

const templates = fileURLToPath(new URL('../../templates/', import.meta.url));

/** npm leaves these out of a package under their real name. */
const hidden: Readonly<Record<string, string>> = { _gitignore: '.gitignore' };

/** How the project is filled in, and who may stop it. */
export interface Making {
  /** Of the Reprise packages that the project asks for. */
  readonly version: string;
  readonly signal: AbortSignal;
}

/**
 * Makes the project: in a folder beside its place (or inside, where that is there), moved at the end. So it is there
 * whole or not at all, also after an error or an abort, which reject.
 */
export async function makeProject(plan: Plan, { version, signal }: Making): Promise<void> {
  const home = plan.exists ? plan.folder : dirname(plan.folder);
  const made = await mkdir(home, { recursive: true });
  const work = join(home, `.create-mcp-app-${randomUUID()}`);
  try {
    await copyTemplate(plan, work);
    signal.throwIfAborted();
    await fillIn(plan, work, version);
    signal.throwIfAborted();
    await move(plan, work);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  }
}

async function copyTemplate({ template, pm }: Plan, work: string): Promise<void> {
  // what an install or a build has left in a template is no part of it
  const filter = (path: string): boolean => !/[\\/](node_modules|dist)$/.test(path.slice(templates.length));
  await cp(join(templates, template), work, { recursive: true, filter });
  for (const [from, to] of Object.entries(hidden)) await rename(join(work, from), join(work, to));
  for (const [name, text] of Object.entries(settingsOf(pm))) await writeFile(join(work, name), text);
}

async function fillIn({ packageName, pm }: Plan, work: string, version: string): Promise<void> {
  const files = await readdir(work, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const text = await readFile(path, 'utf8');
    let filled = text.replaceAll(defaultName, shortName(packageName));
    if (file.name === 'package.json') filled = fillManifest(filled, { name: packageName, version });
    if (file.name === 'README.md')
      filled = filled.replace(/\bnpm (?:run )?(dev|build|test|start|typecheck)\b/g, (_, script: string) =>
        runScript(pm, script),
      );
    await writeFile(path, filled);
  }
}

function fillManifest(text: string, { name, version }: { name: string; version: string }): string {
  const manifest = JSON.parse(text) as Record<string, Record<string, string>>; // our own file
  const ours = ([dependency, range]: [string, string]): [string, string] =>
    dependency.startsWith('@reprise/') ? [dependency, `^${version}`] : [dependency, range];
  for (const group of ['dependencies', 'devDependencies'])
    manifest[group] = Object.fromEntries(Object.entries(manifest[group] ?? {}).map(ours));
  return `${JSON.stringify({ ...manifest, name }, null, 2)}\n`;
}

async function move({ folder, exists }: Plan, work: string): Promise<void> {
  if (!exists) return rename(work, folder);
  // the folder itself stays: somebody's shell is in it
  const moved: string[] = [];
  try {
    for (const name of await readdir(work)) {
      await rename(join(work, name), join(folder, name));
      moved.push(name);
    }
    await rmdir(work);
  } catch (error) {
    for (const name of moved) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}
