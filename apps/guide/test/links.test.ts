import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const written = ['README.md', ...markdownBelow('docs')];
const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`);
const pages = [...written, 'CONTRIBUTING.md', ...packages.filter((page) => existsSync(join(root, page)))];

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/(^|\/)(node_modules|api|\.vitepress)\//.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** Without code blocks and code spans: what looks like a link there is none. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

function linksOf(page: string): string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The ids that code hosts give to headings. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(join(root, page), 'utf8')
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** The other side of a comparison, in a framework that is not installed here. */
function isForeign(page: string, line: string): boolean {
  return page.startsWith('docs/migrating/') && line === '```ts foreign';
}

function faultOf(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#', 2);
  const target = path === '' ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: ${link} leads nowhere`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).includes(anchor) ? undefined : `${page}: ${target} has no heading #${anchor}`;
}

describe('the documentation', () => {
  test('every relative link leads somewhere, to a heading that exists', () => {
    const faults = pages.flatMap((page) => linksOf(page).flatMap((link) => faultOf(page, link) ?? []));
    expect(faults).toEqual([]);
  });

  test('every page of docs/ is reachable from the README', () => {
    const reached = new Set<string>();
    const walk = (page: string): void => {
      if (reached.has(page) || !existsSync(join(root, page))) return;
      reached.add(page);
      for (const link of linksOf(page)) {
        const [path = ''] = link.split('#');
        if (path.endsWith('.md')) walk(relative(root, join(root, dirname(page), path)));
      }
    };
    walk('README.md');
    expect(written.filter((page) => !reached.has(page))).toEqual([]);
  });

  test('every block of TypeScript is copied from a file that runs', () => {
    const loose = written.flatMap((page) => {
      const lines = readFileSync(join(root, page), 'utf8').split('\n');
      return lines.flatMap((line, at) => {
        if (!/^```(ts|typescript|js|javascript)\b/.test(line) || isForeign(page, line)) return [];
        const before = lines
          .slice(0, at)
          .reverse()
          .find((text) => text.trim() !== '');
        return before?.startsWith('<!-- snippet: ') ? [] : [`${page}:${at + 1}`];
      });
    });
    expect(loose).toEqual([]);
  });

  test('tables have the same number of cells in every row', () => {
    const crooked = written.flatMap((page) => {
      const lines = readFileSync(join(root, page), 'utf8').split('\n');
      const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
      return lines.flatMap((line, at) => {
        const above = lines[at - 1] ?? '';
        const isRow = line.startsWith('|') && above.startsWith('|');
        return isRow && cells(line) !== cells(above) ? [`${page}:${at + 1}`] : [];
      });
    });
    expect(crooked).toEqual([]);
  });
});
