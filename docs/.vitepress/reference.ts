import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SidebarItem } from './sidebar.js';

const api = join(import.meta.dirname, '../api');
const kinds = ['classes', 'interfaces', 'type-aliases', 'functions', 'variables', 'enumerations'];

/** One group for each package or entry of one, as typedoc laid them out in docs/api. */
export function referenceSidebar(): SidebarItem[] {
  const overview = { text: 'Reference', items: [{ text: 'Overview', link: '/api/' }] };
  return [overview, ...entriesBelow('').map((path) => groupOf(path))];
}

/** The folders that have an index page and members; an entry may hold further entries. */
function entriesBelow(path: string): string[] {
  if (!existsSync(join(api, path))) return [];
  const folders = foldersIn(path).filter((name) => !kinds.includes(name));
  const own = path !== '' && existsSync(join(api, path, 'index.md')) ? [path] : [];
  return [...own, ...folders.flatMap((name) => entriesBelow(path === '' ? name : `${path}/${name}`))];
}

function groupOf(path: string): SidebarItem {
  const members = foldersIn(path)
    .filter((name) => kinds.includes(name))
    .map((kind) => ({
      text: kind.replace('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
      collapsed: true,
      items: readdirSync(join(api, path, kind))
        .filter((name) => name.endsWith('.md'))
        .map((name) => ({ text: name.slice(0, -3), link: `/api/${path}/${kind}/${name.slice(0, -3)}` })),
    }));
  return { text: path, collapsed: true, items: [{ text: 'Overview', link: `/api/${path}/` }, ...members] };
}

function foldersIn(path: string): string[] {
  return readdirSync(join(api, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
