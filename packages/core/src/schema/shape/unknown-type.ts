import { RepriseError } from '../../errors/index.js';
import { classNameOf } from '../../metadata/index.js';

const stateType =
  'State its type with a rule: @IsString(), @IsInt(), @IsIn([...]), @IsEnum(...), or @Allow() for any value.';
const nest = 'Add @ValidateNested() and @Type(() => TheClass).';

/** Why the type of a property is not known. `design` is what the compiler wrote, which tells the cause. */
export function unknownType({
  where,
  design,
  nested,
}: {
  where: string;
  design: unknown;
  nested: boolean;
}): RepriseError {
  if (design === undefined) {
    return new RepriseError('MISSING_METADATA', 'its type is not known at run time.', {
      where,
      fix: nested
        ? nest
        : `Compile with emitDecoratorMetadata (tsx and esbuild cannot), or do without: ${stateType}`,
    });
  }
  if (design === Function || (nested && design === Object)) {
    return new RepriseError('TYPE_ONLY_IMPORT', 'its class is not there at run time.', {
      where,
      fix: `Import the class with \`import\`, not \`import type\`, or name it: ${nest}`,
    });
  }
  if (typeof design === 'function' && design !== Object && design !== Array) {
    return new RepriseError(
      'UNSUPPORTED_TYPE',
      `the content of ${classNameOf(design)} would not be validated.`,
      {
        where,
        fix: nest,
      },
    );
  }
  return new RepriseError(
    'UNSUPPORTED_TYPE',
    'its type (a union, an interface or any) is not known at run time.',
    {
      where,
      fix: stateType,
    },
  );
}
