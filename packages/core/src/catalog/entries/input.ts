import type { ParamBinding, ToolOptions } from '../../metadata/index.js';
import {
  type ArgumentField,
  type CompiledSchema,
  compileArguments,
  compileSchema,
  emptySchema,
  groupsWithoutDto,
} from '../../schema/index.js';
import type { Problems } from '../problems.js';
import { argsSource } from './args-source.js';
import { whereOfParameter } from './handler.js';
import type { Site } from './site.js';

/** A parameter and how it is filled. */
export type Bound<K extends ParamBinding['kind']> = [
  index: number,
  binding: Extract<ParamBinding, { kind: K }>,
];

/** The schema of a tool's or prompt's arguments: of its DTO, of its @Arg parameters, or of nothing. */
export function inputOf(
  site: Site,
  options: Pick<ToolOptions, 'input' | 'groups'>,
  problems: Problems,
): CompiledSchema {
  const whole = boundAs(site, 'args');
  const single = boundAs(site, 'arg');
  if (whole.length > 1 || (single.length > 0 && (whole.length > 0 || 'input' in options))) {
    problems.add('MISPLACED_DECORATOR', 'the arguments are taken more than one way.', {
      where: site.where,
      fix: 'Take all of them with one @Args (or `input`), or each with its @Arg, not both.',
    });
    return emptySchema;
  }
  const compiled = problems.attempt(() => {
    const given = argsSource(site, whole[0], options);
    const { groups } = options;
    if (given !== undefined) return compileSchema(given.source, given.where, { groups });
    if (groups !== undefined) throw groupsWithoutDto(`${site.where}, option groups`);
    return single.length > 0 ? compileArguments(fieldsOf(site, single, problems)) : emptySchema;
  });
  return compiled ?? emptySchema;
}

/** The parameters that are bound that way, in order. */
export function boundAs<K extends ParamBinding['kind']>(site: Site, kind: K): Bound<K>[] {
  return [...site.params]
    .filter((entry): entry is Bound<K> => entry[1].kind === kind)
    .sort(([a], [b]) => a - b);
}

/** Reports names that two parameters share. */
export function refuseRepeated(site: Site, names: readonly string[], what: string, problems: Problems): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  problems.add('DUPLICATE_NAME', `two parameters take the ${what} "${repeated}".`, {
    where: site.where,
    fix: 'Keep one of them.',
  });
}

function fieldsOf(site: Site, single: readonly Bound<'arg'>[], problems: Problems): ArgumentField[] {
  const fields = single.flatMap(([index, { name, options }]): ArgumentField[] => {
    const where = whereOfParameter(site, index, 'arg');
    if (name === undefined) {
      problems.add(
        'MISPLACED_DECORATOR',
        '@Arg() without a name is the text typed so far, in a @Complete only.',
        {
          where,
          fix: "Name the argument: @Arg('city').",
        },
      );
      return [];
    }
    const { required = true, ...said } = options;
    return [{ ...said, name, required, type: site.types?.[index], where }];
  });
  refuseRepeated(
    site,
    fields.map(({ name }) => name),
    'argument',
    problems,
  );
  return fields;
}
