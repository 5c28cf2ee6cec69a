import type { Tool } from '@modelcontextprotocol/server';
import type { ToolOptions } from '../../metadata/index.js';
import type { ToolEntry } from '../catalog.js';
import { frozenCopy } from '../frozen-copy.js';
import { headerParameters } from '../../schema/index.js';
import type { Problems } from '../problems.js';
import { described, tagsOf } from './described.js';
import { allowOnly, handlerOf } from './handler.js';
import { inputOf } from './input.js';
import { checkName } from './names.js';
import { outputOf } from './output.js';
import type { Site } from './site.js';

export function toolEntry(site: Site, options: ToolOptions, problems: Problems): ToolEntry {
  const name = options.name ?? site.defaultName;
  checkName(name, site.where, problems);
  allowOnly(
    site,
    { kind: 'tool', allowed: ['args', 'arg', 'context', 'signal', 'custom'], fix: 'Use @Args or @Arg.' },
    problems,
  );
  const input = inputOf(site, options, problems);
  const output = problems.attempt(() => outputOf(site, options));
  const headers = headerParameters(input.jsonSchema, (path, what) =>
    problems.add('HEADER_PARAMETER', `argument ${path} ${what}.`, {
      where: site.where,
      fix: 'Give @McpHeader a name of its own, such as Region, on a string, whole number or boolean of the arguments.',
    }),
  );
  return Object.freeze({
    kind: 'tool',
    handler: handlerOf(site, problems),
    tags: tagsOf(options),
    input,
    ...(output === undefined ? {} : { output }),
    headers,
    definition: frozenCopy({
      name,
      ...described(options),
      // the root of a compiled schema is always of type object
      inputSchema: input.jsonSchema as { type: 'object' },
      outputSchema: output?.jsonSchema as Tool['outputSchema'],
      annotations: options.annotations,
    }),
  });
}
