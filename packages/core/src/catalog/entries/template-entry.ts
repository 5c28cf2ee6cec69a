import type { ResourceOptions } from '../../metadata/index.js';
import { compileArguments } from '../../schema/index.js';
import type { TemplateEntry } from '../catalog.js';
import { frozenCopy } from '../frozen-copy.js';
import type { Problems } from '../problems.js';
import { uriTemplate } from '../uri-template/index.js';
import { described, tagsOf } from './described.js';
import { allowOnly, handlerOf } from './handler.js';
import { checkParams, variableFields } from './params.js';
import { cacheOf } from './resource-entry.js';
import type { Site } from './site.js';

/** A family of resources whose URIs fit a template; undefined, and reported, where the template is malformed. */
export function templateEntry(
  site: Site,
  template: string,
  options: ResourceOptions,
  problems: Problems,
): TemplateEntry | undefined {
  allowOnly(
    site,
    {
      kind: 'resource',
      allowed: ['param', 'context', 'signal', 'custom'],
      fix: "Take the variables of the URI with @Param('name').",
    },
    problems,
  );
  const handler = handlerOf(site, problems);
  const parsed = problems.attempt(() => uriTemplate(template, site.where));
  if (parsed === undefined) return undefined;
  checkParams(
    site,
    template,
    parsed.variables.map(({ name }) => name),
    problems,
  );
  const variables = problems.attempt(() => compileArguments(variableFields(site, parsed.variables)));
  if (variables === undefined) return undefined;
  return Object.freeze({
    kind: 'template',
    handler,
    tags: tagsOf(options),
    ...cacheOf(options, site),
    match: parsed.match,
    variables,
    definition: frozenCopy({
      uriTemplate: template,
      name: options.name ?? site.defaultName,
      ...described(options),
      mimeType: options.mimeType,
      annotations: options.annotations,
    }),
  });
}
