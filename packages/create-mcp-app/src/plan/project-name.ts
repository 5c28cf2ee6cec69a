import { builtinModules } from 'node:module';

/** The name that a project gets when nobody gives one; the templates are written with it. */
export const defaultName = 'my-mcp-app';

const longest = 214;
const reserved = new Set(['node_modules', 'favicon.ico', ...builtinModules]);

/** Why npm would not take it as the name of a package; undefined for a good name. */
export function whyInvalid(name: string): string | undefined {
  const scoped = /^@([^/]*)\/([^/]*)$/.exec(name);
  const parts = scoped ? [scoped[1] ?? '', scoped[2] ?? ''] : [name];
  if (parts.includes('')) return 'it is empty';
  if (name.length > longest) return `it is longer than ${longest} characters`;
  if (name !== name.toLowerCase()) return 'it has capital letters';
  if (parts.some((part) => /^[._-]/.test(part))) return 'it begins with a dot, a dash or an underscore';
  const strange = parts.map((part) => /[^a-z0-9._-]/.exec(part)?.[0]).find((sign) => sign !== undefined);
  if (strange !== undefined) return `it contains ${JSON.stringify(strange)}`;
  if (!scoped && reserved.has(name)) return 'it is a name that Node keeps for itself';
  return undefined;
}

/** The nearest good name: `My App!` → `my-app`. */
export function nearestName(name: string): string {
  const near = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, longest);
  return near === '' || whyInvalid(near) !== undefined ? defaultName : near;
}

/** The name without its scope: of the folder, the server, the Docker image. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
