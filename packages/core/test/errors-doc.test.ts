import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { catalogue } from '../src/errors/index.js';
import { root } from './architecture/source-files.js';

/** docs/errors.md, cut at its `### CODE` headings: code → text below. */
const sections = new Map(
  readFileSync(join(root, 'docs/errors.md'), 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section.slice(section.indexOf('\n')).trim()]),
);

test('every code of the catalogue is described, in its order, and no other', () => {
  expect([...sections.keys()]).toEqual(Object.keys(catalogue));
});

test.each(Object.entries(catalogue))(
  '%s: begins with its sentence, shows a message and says what to do',
  (code, sentence) => {
    const section = sections.get(code) ?? '';
    expect(section.split('\n', 1)[0]).toBe(sentence);
    expect(section).toMatch(/^```text\n\S[^]*?\n```$/m);
    expect(section).toMatch(/^\*\*What to do\.\*\* \S/m);
  },
);
