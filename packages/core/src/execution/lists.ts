import type { Lists, Pages } from '../catalog/index.js';
import type { ListMethod } from '../context/index.js';
import { ProtocolError } from '../errors/index.js';
import { type Results, rpcCodes } from '../middleware/index.js';
import type { Invocation } from './invocation.js';
import type { Reach } from './reach/reach.js';

const pages: { [M in ListMethod]: (lists: Lists, cursor: string | undefined) => Results[M] } = {
  'tools/list': (lists, cursor) => page(lists.tools, cursor, (tools) => ({ tools })),
  'prompts/list': (lists, cursor) => page(lists.prompts, cursor, (prompts) => ({ prompts })),
  'resources/list': (lists, cursor) => page(lists.resources, cursor, (resources) => ({ resources })),
  'resources/templates/list': (lists, cursor) =>
    page(lists.templates, cursor, (resourceTemplates) => ({ resourceTemplates })),
};

/** The page of a list at a cursor. Throws -32602 for a cursor that this server never handed out. */
export function listPage<M extends ListMethod>(
  lists: Lists,
  method: M,
  cursor: string | undefined,
): Results[M] {
  return pages[method](lists, cursor);
}

export function listInvocation<M extends ListMethod>(
  { lists }: Reach,
  method: M,
  cursor: string | undefined,
): Invocation<Results[M]> {
  return {
    call: { method, cursor },
    where: method,
    middleware: [],
    canAsk: false,
    run: async () => listPage(lists, method, cursor),
  };
}

/** The items of every page. */
export async function allPages<R extends { nextCursor?: string | undefined }, T>(
  pageAt: (cursor: string | undefined) => Promise<R>,
  itemsOf: (page: R) => readonly T[],
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageAt(cursor);
    items.push(...itemsOf(page));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

function page<T, R extends object>(
  all: Pages<T>,
  cursor: string | undefined,
  resultOf: (items: T[]) => R,
): R & { nextCursor?: string } {
  const found = all.at(cursor);
  if (!found) throw new ProtocolError(rpcCodes.invalidParams, 'Invalid cursor');
  const { items, nextCursor } = found;
  return { ...resultOf(items), ...(nextCursor !== undefined && { nextCursor }) };
}
