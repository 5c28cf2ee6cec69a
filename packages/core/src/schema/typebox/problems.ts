import type { Problem } from '../compiled-schema.js';
import { itemPath, propertyPath } from '../dto/path.js';

/** What TypeBox says of a wrong value. */
export interface TypeBoxError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/** TypeBox's errors as one problem for each wrong place; what only explains why a branch of a union does not fit is left out. */
export function problemsOf(errors: readonly TypeBoxError[]): Problem[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const isBranch = ({ schemaPath }: TypeBoxError) =>
    unions.some((union) => schemaPath.startsWith(`${union.schemaPath}/${union.keyword}/`));
  return errors
    .filter((error) => error.keyword !== 'boolean' && !isBranch(error))
    .flatMap((error) => problemsIn(error, errors));
}

function problemsIn(error: TypeBoxError, all: readonly TypeBoxError[]): Problem[] {
  const path = pathOf(error.instancePath);
  switch (error.keyword) {
    case 'required':
      return listIn(error, 'requiredProperties').map((name) => ({
        path: propertyPath(path, String(name)),
        message: 'is required',
      }));
    case 'additionalProperties':
      return listIn(error, 'additionalProperties').map((name) => ({
        path: propertyPath(path, String(name)),
        message: 'is not a known property',
      }));
    case 'enum':
      return [{ path, message: oneOf(listIn(error, 'allowedValues')) }];
    case 'anyOf':
    case 'oneOf':
      return [{ path, message: ofUnion(error, all) }];
    default:
      return [{ path, message: error.message }];
  }
}

function ofUnion({ schemaPath, keyword }: TypeBoxError, all: readonly TypeBoxError[]): string {
  const branches = all.filter((error) => error.schemaPath.startsWith(`${schemaPath}/${keyword}/`));
  const values = branches.flatMap(({ params }) => ('allowedValue' in params ? [params.allowedValue] : []));
  return branches.length > 0 && values.length === branches.length
    ? oneOf(values)
    : 'has none of the forms that are allowed';
}

function oneOf(values: readonly unknown[]): string {
  return `must be one of ${values.map(String).join(', ')}`;
}

function listIn({ params }: TypeBoxError, name: string): readonly unknown[] {
  const list: unknown = Reflect.get(params, name);
  return Array.isArray(list) ? list : [];
}

/** `/passengers/0/name` → `passengers[0].name` */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? itemPath(path, part) : propertyPath(path, part)), '');
}
