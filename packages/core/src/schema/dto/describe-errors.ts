import type { ValidationError } from 'class-validator';
import type { Problem } from '../compiled-schema.js';
import { itemPath, propertyPath } from './path.js';
import type { ClassShape, Kind } from '../shape/shape.js';

/** class-validator's tree of errors as a list: names of the wire, full paths, one entry for each broken rule. */
export function describeErrors(errors: readonly ValidationError[], shape: ClassShape): Problem[] {
  return ofObject(errors, shape, '');
}

function ofObject(errors: readonly ValidationError[], shape: ClassShape, prefix: string): Problem[] {
  return errors.flatMap((error) => {
    const property = shape.byName.get(error.property);
    // A property that is hidden from clients cannot be their mistake.
    if (property === undefined || !property.ruled) return [];
    const path = propertyPath(prefix, property.wireName);
    return [...messages(error, path), ...children(error, property.value.kind, path)];
  });
}

function messages({ constraints = {}, property }: ValidationError, path: string): Problem[] {
  return Object.values(constraints).map((message) => ({ path, message: withoutSubject(message, property) }));
}

function children({ children: errors = [], value }: ValidationError, kind: Kind, path: string): Problem[] {
  switch (kind.is) {
    case 'object':
      return ofObject(errors, kind.shape, path);
    case 'union': {
      const shape = [...kind.variants.values()].find(({ cls }) => value instanceof cls);
      return shape === undefined ? [] : ofObject(errors, shape, path);
    }
    case 'list':
    case 'set':
    case 'map':
      return errors.flatMap((error) => {
        const at = kind.is === 'map' ? propertyPath(path, error.property) : itemPath(path, error.property);
        return [...messages(error, at), ...children(error, kind.items.kind, at)];
      });
    default:
      return [];
  }
}

/** The path names the subject already: "nights must be an integer number" becomes "must be an integer number". */
function withoutSubject(message: string, property: string): string {
  const ofEach = `each value in ${property} `;
  if (message.startsWith(ofEach)) return `each item ${message.slice(ofEach.length)}`;
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
