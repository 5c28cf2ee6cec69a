import type { Context } from '../context/index.js';

/** What a request is about, for people: the name of a tool or prompt, a URI; empty for lists. */
export function targetOf({ request }: Context): string {
  return request.name ?? request.uri ?? '';
}
