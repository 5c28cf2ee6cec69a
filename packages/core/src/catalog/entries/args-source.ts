import { RepriseError } from '../../errors/index.js';
import { classNameOf } from '../../metadata/index.js';
import { type Dto, hasRules, isDtoClass, type SchemaSource } from '../../schema/index.js';
import { whereOfParameter } from './handler.js';
import type { Bound } from './input.js';
import type { Site } from './site.js';

/** What describes the arguments as a whole, and where that is said. */
export interface ArgsSource {
  readonly source: SchemaSource;
  readonly where: string;
}

/**
 * What describes all arguments of a handler: the schema given to its `input` option or to @Args, else the class that is
 * the type of its @Args parameter; undefined where there is neither. Throws located errors for what cannot be meant.
 */
export function argsSource(
  site: Site,
  args: Bound<'args'> | undefined,
  options: { readonly input?: SchemaSource | undefined },
): ArgsSource | undefined {
  const atOption = `${site.where}, option input`;
  const declared = givenIn(options, atOption);
  if (args === undefined) return declared && { source: declared, where: atOption };
  const [index, binding] = args;
  const where = whereOfParameter(site, index, 'args');
  const named = givenIn(binding, where);
  if (named !== undefined && declared !== undefined && named !== declared) {
    throw differs(where, '@Args and the option `input` name different schemas.');
  }
  const source = named ?? declared;
  if (source === undefined) return { source: classAt(site, index, where), where };
  const type = site.types?.[index];
  if (isDtoClass(type) && isDtoClass(source) && hasRules(type) && !makesInstancesOf(source, type)) {
    throw differs(where, `it is a ${classNameOf(type)}, and would get a ${classNameOf(source)}.`);
  }
  return { source, where };
}

/** The schema under `input`; a key without value means that its module was not loaded yet. */
function givenIn(
  options: { readonly input?: SchemaSource | undefined },
  where: string,
): SchemaSource | undefined {
  if ('input' in options && options.input === undefined)
    throw notDefinedYet(where, 'the schema of the arguments');
  return options.input;
}

/** For a schema that was named and is undefined. */
export function notDefinedYet(where: string, what: string): RepriseError {
  return new RepriseError('CIRCULAR_IMPORT', `${what} was undefined when the decorator ran.`, {
    where,
    fix: 'Move it to a module that does not import this one.',
  });
}

function makesInstancesOf(source: Dto, type: Dto): boolean {
  return source === type || source.prototype instanceof type;
}

function differs(where: string, what: string): RepriseError {
  return new RepriseError('INVALID_OPTION', what, { where, fix: 'Name one schema, in one place.' });
}

/** The class of the @Args parameter as the compiler wrote it down. */
function classAt(site: Site, index: number, where: string): SchemaSource {
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
  if (type === undefined) throw notDefinedYet(where, 'the class of the arguments');
  if (type === Object || type === Function) {
    throw new RepriseError('TYPE_ONLY_IMPORT', 'the type of the parameter is not there at run time.', {
      where,
      fix: 'Import the DTO without `type`, and make it a class: interfaces and type aliases leave nothing behind. A schema goes into the decorator: @Args(schema).',
    });
  }
  if (isDtoClass(type)) return type;
  throw new RepriseError(
    'UNSUPPORTED_TYPE',
    `@Args takes all arguments, and ${classNameOf(type)} is no DTO.`,
    {
      where,
      fix: "Make the parameter's type a DTO class, or take one argument with @Arg('name').",
    },
  );
}
