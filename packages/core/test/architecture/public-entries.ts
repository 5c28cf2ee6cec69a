import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './source-files.js';

/** A door of a published package, with the built files behind it, relative to the root of the repository. */
export interface PublicEntry {
  /** As users import it: `@reprise/core/transport`. */
  name: string;
  runtime: string;
  types: string;
}

interface Manifest {
  name: string;
  private?: boolean;
  exports: Record<string, string | { types: string; default: string }>;
}

/** Every entry of every published package. */
export function publicEntries(): PublicEntry[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .flatMap(entriesOf);
}

function entriesOf(folder: string): PublicEntry[] {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest; // our own file
  if (manifest.private) return [];
  return Object.entries(manifest.exports).flatMap(([path, target]) => {
    if (typeof target === 'string') return [];
    const [runtime, types] = [join(folder, target.default), join(folder, target.types)];
    return [{ name: join(manifest.name, path), runtime, types }];
  });
}

/** The absolute path of a built file. */
export function built(file: string): string {
  if (!existsSync(join(root, file))) throw new Error(`${file} is missing. Run \`npm run build\` first.`);
  return join(root, file);
}
