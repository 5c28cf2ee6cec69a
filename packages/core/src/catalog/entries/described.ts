import type { ComponentOptions } from '../../metadata/index.js';

/** What every kind of component shows of its options, ready for the wire. */
export function described({ title, description, icons, tags, _meta }: ComponentOptions) {
  const meta = tags === undefined || tags.length === 0 ? _meta : { ..._meta, 'reprise/tags': tags };
  return { title, description, icons, _meta: meta };
}

/** The tags of a component, apart from its options. */
export function tagsOf({ tags = [] }: ComponentOptions): readonly string[] {
  return Object.freeze([...tags]);
}
