import { type CatalogEntry, entryName } from '../catalog/index.js';
import type { ComponentSelection } from '../context/index.js';
import { RepriseError } from '../errors/index.js';
import { didYouMean } from '../execution/index.js';

/** The entries that names or tags stand for. Throws UNKNOWN_COMPONENT for one that stands for none. */
export function select(
  entries: readonly CatalogEntry[],
  selection: ComponentSelection,
  where: string,
): CatalogEntry[] {
  if (typeof selection === 'string') return select(entries, [selection], where);
  if ('tags' in selection)
    return matching(entries, selection.tags, (entry) => entry.tags, `${where}, tags`, 'tag');
  return matching(entries, selection, (entry) => [entryName(entry)], where, 'name');
}

function matching(
  entries: readonly CatalogEntry[],
  wanted: readonly string[],
  wordsOf: (entry: CatalogEntry) => readonly string[],
  where: string,
  what: 'name' | 'tag',
): CatalogEntry[] {
  const known = new Set(entries.flatMap(wordsOf));
  for (const word of wanted.filter((one) => !known.has(one))) {
    const fix =
      what === 'name'
        ? 'Give the name of a tool or prompt, or the URI or URI template of a resource.'
        : 'Give a tag that a component carries.';
    throw new RepriseError(
      'UNKNOWN_COMPONENT',
      `no component has the ${what} "${word}".${didYouMean(word, known)}`,
      { where, fix },
    );
  }
  return entries.filter((entry) => wordsOf(entry).some((word) => wanted.includes(word)));
}
