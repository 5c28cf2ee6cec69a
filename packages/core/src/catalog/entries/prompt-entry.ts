import type { PromptOptions } from '../../metadata/index.js';
import type { CompiledSchema } from '../../schema/index.js';
import type { PromptEntry } from '../catalog.js';
import { frozenCopy } from '../frozen-copy.js';
import type { Problems } from '../problems.js';
import { described, tagsOf } from './described.js';
import { allowOnly, handlerOf } from './handler.js';
import { inputOf } from './input.js';
import { checkName } from './names.js';
import type { Site } from './site.js';

export function promptEntry(site: Site, options: PromptOptions, problems: Problems): PromptEntry {
  const name = options.name ?? site.defaultName;
  checkName(name, site.where, problems);
  allowOnly(
    site,
    { kind: 'prompt', allowed: ['args', 'arg', 'context', 'signal', 'custom'], fix: 'Use @Args or @Arg.' },
    problems,
  );
  const input = inputOf(site, options, problems);
  checkFlat(site, input, problems);
  const args = input.properties.length > 0 ? input.properties : undefined;
  return Object.freeze({
    kind: 'prompt',
    handler: handlerOf(site, problems),
    tags: tagsOf(options),
    input,
    definition: frozenCopy({ name, ...described(options), arguments: args }),
  });
}

/** Clients fill in prompts argument by argument, so a union of objects cannot be shown to them. */
function checkFlat(site: Site, { jsonSchema }: CompiledSchema, problems: Problems): void {
  if (typeof jsonSchema['properties'] === 'object') return;
  problems.add(
    'UNSUPPORTED_TYPE',
    'the arguments of a prompt are a list, and this schema has alternatives.',
    {
      where: site.where,
      fix: 'Describe one object with all arguments, some of them optional.',
    },
  );
}
