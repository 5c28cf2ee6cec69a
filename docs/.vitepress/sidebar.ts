import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SidebarItem {
  text: string;
  link?: string;
  items?: SidebarItem[];
  collapsed?: boolean;
}

const docs = join(import.meta.dirname, '..');
const listed = /^(?:[-*]|\d+\.)\s+\[([^\]]+)\]\((?!\.\.)([\w./-]+)\.md\)/;

/**
 * The pages of a folder in the order in which its index.md lists them, grouped by the line or heading above
 * each list. Pages that the index forgets come last, so that none is missing.
 */
export function sectionOf(folder: string, title: string): SidebarItem[] {
  if (!existsSync(join(docs, folder, 'index.md'))) return [];
  const groups = groupsOf(folder);
  const known = new Set(groups.flatMap(({ items = [] }) => items.map(({ link }) => link)));
  const forgotten = pagesIn(folder).filter(({ link }) => !known.has(link));
  const overview = { text: 'Overview', link: `/${folder}/` };
  const [first, ...rest] = groups;
  return [
    { text: title, items: [overview, ...(first?.text === '' ? (first.items ?? []) : [])] },
    ...(first && first.text !== '' ? [first] : []),
    ...rest,
    ...(forgotten.length > 0 ? [{ text: 'More', items: forgotten }] : []),
  ];
}

/** The folder's pages in one group, its overview first. */
export function flatSectionOf(folder: string, title: string): SidebarItem[] {
  const items = sectionOf(folder, title).flatMap((group) => group.items ?? []);
  return items.length === 0 ? [] : [{ text: title, items }];
}

/** A page that may not be there. */
export function page(path: string, text: string): SidebarItem[] {
  return existsSync(join(docs, `${path}.md`)) ? [{ text, link: `/${path}` }] : [];
}

function groupsOf(folder: string): SidebarItem[] {
  const groups: Required<Pick<SidebarItem, 'text' | 'items'>>[] = [];
  let heading = '';
  let open = false;
  for (const line of readFileSync(join(docs, folder, 'index.md'), 'utf8').split('\n')) {
    const [, text, path] = listed.exec(line) ?? [];
    if (text !== undefined && path !== undefined) {
      if (!open) groups.push({ text: heading, items: [] });
      groups.at(-1)?.items.push({ text: text.replaceAll('`', ''), link: `/${folder}/${path}` });
      open = true;
    } else if (line.trim() !== '') {
      heading = headingOf(line);
      open = false;
    }
  }
  return groups;
}

/** A short line above a list names it; the first heading of a page and its prose do not. */
function headingOf(line: string): string {
  const isName = line.startsWith('##') || (line.length < 60 && !/^[#|>`<-]|\]\(|\.$/.test(line));
  return isName ? line.replace(/^#+\s*|:$/g, '') : '';
}

function pagesIn(folder: string): Required<Pick<SidebarItem, 'text' | 'link'>>[] {
  return readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .map((name) => ({ text: titleOf(join(folder, name)), link: `/${folder}/${name.slice(0, -3)}` }));
}

function titleOf(path: string): string {
  const [, title = path] = /^# (.+)$/m.exec(readFileSync(join(docs, path), 'utf8')) ?? [];
  return title.replaceAll('`', '');
}
