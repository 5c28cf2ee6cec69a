import type { RuntimeOnlyRule } from '../compiled-schema.js';
import { itemPath, propertyPath } from './path.js';
import type { ClassShape, ValueShape } from '../shape/shape.js';

/** Every rule below a class that its JSON Schema does not carry in full; of a class that nests itself, once. */
export function runtimeOnlyRules(root: ClassShape): RuntimeOnlyRule[] {
  const found: RuntimeOnlyRule[] = [];
  const open = new Set<ClassShape>();

  const ofClass = (shape: ClassShape, prefix: string): void => {
    if (open.has(shape)) return;
    open.add(shape);
    for (const { wireName, value } of shape.properties) ofValue(value, propertyPath(prefix, wireName));
    open.delete(shape);
  };
  const ofValue = ({ kind, runtimeOnly }: ValueShape, path: string): void => {
    found.push(...runtimeOnly.map((rule) => ({ path, rule })));
    if (kind.is === 'object') ofClass(kind.shape, path);
    if (kind.is === 'union') for (const shape of new Set(kind.variants.values())) ofClass(shape, path);
    if ('items' in kind)
      ofValue(kind.items, kind.is === 'map' ? propertyPath(path, '*') : itemPath(path, ''));
  };

  ofClass(root, '');
  return found;
}
