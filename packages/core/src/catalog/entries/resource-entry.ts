import type { ResourceOptions } from '../../metadata/index.js';
import type { ResourceEntry } from '../catalog.js';
import { frozenCopy } from '../frozen-copy.js';
import type { Problems } from '../problems.js';
import { described, tagsOf } from './described.js';
import { allowOnly, handlerOf } from './handler.js';
import { checkParams } from './params.js';
import type { Site } from './site.js';

/** A resource with one fixed URI. */
export function resourceEntry(
  site: Site,
  uri: string,
  options: ResourceOptions,
  problems: Problems,
): ResourceEntry {
  if (!URL.canParse(uri)) {
    problems.add('INVALID_NAME', `"${uri}" is not an absolute URI.`, {
      where: site.where,
      fix: 'Begin it with a scheme, as in "config://app".',
    });
  }
  allowOnly(
    site,
    {
      kind: 'resource',
      allowed: ['param', 'context', 'signal', 'custom'],
      fix: "Put a variable into the URI and take it with @Param('name').",
    },
    problems,
  );
  checkParams(site, uri, [], problems);
  return Object.freeze({
    kind: 'resource',
    handler: handlerOf(site, problems),
    tags: tagsOf(options),
    ...cacheOf(options, site),
    definition: frozenCopy({
      uri,
      name: options.name ?? site.defaultName,
      ...described(options),
      mimeType: options.mimeType,
      size: options.size,
      annotations: options.annotations,
    }),
  });
}

/** The cache hint of a resource or template, where it has one. What needs a scope is for no cache that others share. */
export function cacheOf({ cache }: ResourceOptions, { scopes }: Site) {
  if (cache === undefined) return {};
  return { cache: frozenCopy(scopes.length === 0 ? cache : { ...cache, cacheScope: 'private' as const }) };
}
