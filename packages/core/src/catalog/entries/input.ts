import { RepriseError } from '../../errors/index.js';
import { classNameOf, type ParamBinding } from '../../metadata/index.js';
import {
  type ArgumentField,
  type CompiledSchema,
  compileArguments,
  compileDto,
  type Dto,
  emptySchema,
} from '../../schema/index.js';
import type { Problems } from '../problems.js';
import { whereOfParameter } from './handler.js';
import type { Site } from './site.js';

type Bound<K extends ParamBinding['kind']> = [index: number, binding: Extract<ParamBinding, { kind: K }>];

/** The schema of a tool's or prompt's arguments: of its DTO, of its @Arg parameters, or of nothing. */
export function inputOf(site: Site, declared: Dto | undefined, problems: Problems): CompiledSchema {
  const whole = boundAs(site, 'args');
  const single = boundAs(site, 'arg');
  if (whole.length > 1 || (single.length > 0 && (whole.length > 0 || declared !== undefined))) {
    problems.add('MISPLACED_DECORATOR', 'the arguments are taken more than one way.', {
      where: site.where,
      fix: 'Take all of them with one @Args (or `input`), or each with its @Arg, not both.',
    });
    return emptySchema;
  }
  const compiled = problems.attempt(() => {
    const [args] = whole;
    const dto = args === undefined ? declared : (named(site, args) ?? declared ?? classAt(site, args[0]));
    if (dto !== undefined) return compileDto(dto);
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

const primitives: ReadonlySet<unknown> = new Set([
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Array,
  Date,
  Promise,
]);

/** The class given to @Args. */
function named(site: Site, [index, binding]: Bound<'args'>): Dto | undefined {
  if ('input' in binding && binding.input === undefined)
    throw notDefinedYet(whereOfParameter(site, index, 'args'));
  return binding.input;
}

function notDefinedYet(where: string): RepriseError {
  return new RepriseError(
    'CIRCULAR_IMPORT',
    'the class of the arguments was undefined when the decorator ran.',
    {
      where,
      fix: 'Move the DTO to a module that does not import this one.',
    },
  );
}

/** The class of the @Args parameter as the compiler wrote it down. */
function classAt(site: Site, index: number): Dto {
  const where = whereOfParameter(site, index, 'args');
  if (site.types === undefined) {
    throw new RepriseError(
      'MISSING_METADATA',
      'the type of the parameter was not written down by the compiler.',
      {
        where,
        fix: 'Compile with emitDecoratorMetadata; tsx and esbuild cannot: there, name the class, as in @Args(TripRequest).',
      },
    );
  }
  const type = site.types[index];
  if (type === undefined) throw notDefinedYet(where);
  if (type === Object || type === Function) {
    throw new RepriseError('TYPE_ONLY_IMPORT', 'the type of the parameter is not there at run time.', {
      where,
      fix: 'Import the DTO without `type`, and make it a class: interfaces and type aliases leave nothing behind.',
    });
  }
  if (typeof type !== 'function' || primitives.has(type)) {
    throw new RepriseError(
      'UNSUPPORTED_TYPE',
      `@Args takes all arguments, and ${classNameOf(type)} is no DTO.`,
      {
        where,
        fix: "Make the parameter's type a DTO class, or take one argument with @Arg('name').",
      },
    );
  }
  return type as Dto; // a class that the user named as the type of the arguments
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
