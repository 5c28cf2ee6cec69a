import { classNameOf } from '../../metadata/index.js';
import type { RuntimeOnlyRule } from '../compiled-schema.js';
import { itemPath, propertyPath } from './path.js';
import type { ClassShape, ValueShape } from '../shape/shape.js';

/** The properties below a class that carry no rule and are left out, as `Dto.property`. */
export function ignoredProperties(root: ClassShape): string[] {
  const seen = new Set<ClassShape>();
  const found: string[] = [];
  const ofClass = (shape: ClassShape): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    found.push(...shape.ignored.map((name) => `${classNameOf(shape.cls)}.${name}`));
    for (const { value } of shape.properties) ofValue(value);
  };
  const ofValue = ({ kind }: ValueShape): void => {
    if (kind.is === 'object') ofClass(kind.shape);
    if (kind.is === 'union') for (const shape of kind.variants.values()) ofClass(shape);
    if ('items' in kind) ofValue(kind.items);
  };
  ofClass(root);
  return found;
}

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
