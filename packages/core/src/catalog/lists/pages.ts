import type { Pages } from '../catalog.js';

/**
 * Cuts a list into pages once. Cursors say nothing to a client, are equal in every process that serves the same list,
 * and belong to the list of that `label`.
 */
export function paginate<T>(label: string, all: readonly T[], pageSize: number): Pages<T> {
  const pages = new Map<string | undefined, { items: T[]; nextCursor?: string }>();
  let cursor: string | undefined;
  let start = 0;
  do {
    const end = start + pageSize;
    const nextCursor = end < all.length ? cursorAt(label, end) : undefined;
    const items = all.slice(start, end);
    Object.freeze(items);
    pages.set(cursor, Object.freeze(nextCursor === undefined ? { items } : { items, nextCursor }));
    cursor = nextCursor;
    start = end;
  } while (cursor !== undefined);
  return Object.freeze({ at: (at: string | undefined) => pages.get(at) });
}

function cursorAt(label: string, start: number): string {
  return Buffer.from(`${label}:${start}`).toString('base64url');
}
