import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { built, publicEntries } from './architecture/public-entries.js';

/**
 * What users can import. A change here is a change for them: read the difference, then accept it with
 * `npm run jest -- --selectProjects core -u -- public-api`.
 */
test.each(publicEntries())('$name', async ({ runtime, types }) => {
  const module = (await import(pathToFileURL(built(runtime)).href)) as object;
  const values = Object.keys(module).sort();
  const declared = [...declaredNames(built(types))].sort();
  expect(declared).toEqual(expect.arrayContaining(values));
  expect({ values, types: declared.filter((name) => !values.includes(name)) }).toMatchSnapshot();
});

/** The names that a .d.ts file exports, also through `export *`; tsc writes them in few forms. */
function declaredNames(file: string): Set<string> {
  const text = readFileSync(file, 'utf8');
  const names = new Set<string>();
  for (const [, list = ''] of text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)) {
    for (const item of list.split(',').filter((part) => part.trim() !== '')) {
      names.add(
        item
          .trim()
          .replace(/^type /, '')
          .replace(/^.* as /, ''),
      );
    }
  }
  for (const [, name = ''] of text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:class|function|const|let|enum|interface|type|namespace) (\w+)/gm,
  )) {
    names.add(name);
  }
  for (const [, from = ''] of text.matchAll(/^export (?:type )?\* from '(\.[^']+)'/gm)) {
    for (const name of declaredNames(join(dirname(file), from.replace(/\.js$/, '.d.ts')))) names.add(name);
  }
  return names;
}
