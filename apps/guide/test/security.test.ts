import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The rows of all tables, without headings. */
function rowsOf(page: string): string[][] {
  const lines = page.split('\n').filter((line) => line.startsWith('|'));
  return lines
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, threat = '']) => threat !== 'Threat' && !/^-+$/.test(threat));
}

/** What is wrong with a row: it names no test, or one that is not there. */
function faultsOf([, threat = '', answer = '', shown = '']: string[]): string[] {
  if (answer === '') return [`${threat}: nothing is done`];
  const named = [...shown.matchAll(/`([^`]+)`: ((?:"[^"]+"(?:, )?)+)/g)];
  if (named.length === 0) return [`${threat}: no test`];
  return named.flatMap(([, file = '', titles = '']) => {
    if (!file.endsWith('.test.ts') || !existsSync(root + file)) return [`${threat}: there is no ${file}`];
    const source = readFileSync(root + file, 'utf8');
    return [...titles.matchAll(/"([^"]+)"/g)]
      .map(([, title = '']) => title)
      .filter((title) => !isTested(source, title))
      .map((title) => `${threat}: ${file} has no test "${title}"`);
  });
}

/** Whether a title is that of a test, or of a group: the whole text behind the parenthesis, or a part of a template. */
function isTested(source: string, title: string): boolean {
  const escaped = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const text = `'${escaped}'|"${escaped}"|\`[^\`\\n]*${escaped}[^\`\\n]*\``;
  const found = new RegExp(`(\\S*)\\(\\s*(${text}),`).exec(source);
  return found !== null && !/\.skip|\.todo|^x/.test(found[1] ?? '');
}

describe('the threats in docs/security.md', () => {
  const rows = rowsOf(readFileSync(`${root}docs/security.md`, 'utf8'));

  test('each have a test that exists', () => {
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.flatMap(faultsOf)).toEqual([]);
  });

  test.each([
    ['| a | b | |', 'a: no test'],
    ['| a | | `apps/guide/test/security.test.ts`: "each have a test that exists" |', 'a: nothing is done'],
    ['| a | b | `apps/none.test.ts`: "c" |', 'a: there is no apps/none.test.ts'],
    [
      '| a | b | `apps/guide/test/security.test.ts`: "nobody wrote" |',
      'a: apps/guide/test/security.test.ts has no test "nobody wrote"',
    ],
  ])('else the row is named: %s', (row, fault) => {
    expect(rowsOf(row).flatMap(faultsOf)).toEqual([fault]);
  });
});
