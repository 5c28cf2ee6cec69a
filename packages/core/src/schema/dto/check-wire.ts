import type { Problem } from '../compiled-schema.js';
import type { Direction } from '../shape/class-transformer.js';
import { parseDateTime } from './date-time.js';
import { keptName } from './kept-names.js';
import { itemPath, propertyPath } from './path.js';
import type { ClassShape, Kind, PropertyShape, UnionKind } from '../shape/shape.js';

type Plain = Readonly<Record<string, unknown>>;

/** Keys by which JSON could reach a prototype once it is copied property by property. */
const dangerous: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const deepest = 200;

/**
 * Checks what must hold before class-transformer may touch a value: objects are objects, lists are lists, no unknown
 * property, nothing missing that no rule would miss. class-transformer would coerce, drop or throw instead.
 * Makes the copy it works on: defaults filled in, dates converted, what was refused replaced by something harmless.
 */
export class WireCheck {
  readonly problems: Problem[] = [];
  /** Required properties that are not there: their rules report each in its own way, for the same reason. */
  readonly missing = new Set<string>();
  /** Whether a key had to be marked to get past class-transformer: `restoreNames` is called for then. */
  keepsNames = false;
  #depth = 0;

  constructor(readonly options: { readonly direction: Direction }) {}

  object(shape: ClassShape, value: Plain, path: string, known?: string): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) this.#unknownKey(shape, value, key, path, copy, known);
    for (const property of shape.properties) {
      const given = Object.hasOwn(value, property.wireName) ? value[property.wireName] : undefined;
      const at = propertyPath(path, property.wireName);
      const checked = this.#property(property, given, at);
      if (checked === undefined || property.readOnly) continue;
      copy[this.options.direction === 'input' ? property.wireName : property.name] = checked;
    }
    return copy;
  }

  #unknownKey(
    shape: ClassShape,
    value: Plain,
    key: string,
    path: string,
    copy: Record<string, unknown>,
    known?: string,
  ) {
    if (shape.byWireName.has(key)) return;
    const allowed = key === known || (shape.isOpen && !isTaken(shape, key));
    const at = propertyPath(path, key);
    if (allowed) copy[key] = this.#open(value[key], at);
    else this.#refuse(at, 'is not a known property');
  }

  #property(property: PropertyShape, given: unknown, path: string): unknown {
    if (given === null && property.optional) return undefined;
    const preset = property.docs.default;
    if (given === undefined || (given === null && preset !== undefined)) {
      if (preset !== undefined) return this.#default(property.value.kind, preset, path);
      if (property.unguarded) this.#refuse(path, 'is required');
      else if (property.required) this.missing.add(path);
      return undefined;
    }
    if (property.transformed || (given === null && property.conditional)) return this.#open(given, path);
    return this.#value(property.value.kind, given, path);
  }

  /** A default is written as on the wire; lists and objects are copied by class-transformer. */
  #default(kind: Kind, preset: unknown, path: string): unknown {
    return typeof preset === 'object' ? preset : this.#value(kind, preset, path);
  }

  #value(kind: Kind, given: unknown, path: string): unknown {
    switch (kind.is) {
      case 'open':
        return this.#open(given, path);
      case 'scalar':
        return typeof given === kind.type ? given : this.#refuse(path, `must be a ${kind.type}`);
      case 'choice':
        return kind.values.includes(given)
          ? given
          : this.#refuse(path, `must be one of ${kind.values.join(', ')}`);
      case 'date':
        return this.#date(given, path);
      case 'bigint':
        if (typeof given === 'string' && /^-?\d+$/.test(given)) return BigInt(given);
        return this.#refuse(path, 'must be a whole number, written as a string of digits');
      case 'object':
        if (!isPlainObject(given)) return this.#refuse(path, 'must be an object', {});
        return this.#deeper(path, {}, () => this.object(kind.shape, given, path));
      case 'union':
        return this.#union(kind, given, path);
      case 'list':
      case 'set':
        if (!Array.isArray(given)) return this.#refuse(path, 'must be an array');
        return given.map((item: unknown, index) => this.#value(kind.items.kind, item, itemPath(path, index)));
      case 'map':
        return this.#map(kind.items.kind, given, path);
    }
  }

  #date(given: unknown, path: string): unknown {
    const date = typeof given === 'string' ? parseDateTime(given) : undefined;
    return date ?? this.#refuse(path, 'must be a date and time such as 2026-05-17T09:30:00Z');
  }

  #union({ property, variants }: UnionKind, given: unknown, path: string): unknown {
    if (!isPlainObject(given)) return this.#refuse(path, 'must be an object', {});
    const name = Object.hasOwn(given, property) ? given[property] : undefined;
    const shape = typeof name === 'string' ? variants.get(name) : undefined;
    if (shape !== undefined) return this.#deeper(path, {}, () => this.object(shape, given, path, property));
    this.#refuse(propertyPath(path, property), `must be one of ${[...variants.keys()].join(', ')}`);
    return {};
  }

  #map(items: Kind, given: unknown, path: string): unknown {
    if (!isPlainObject(given)) return this.#refuse(path, 'must be an object', {});
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(given)) {
      const at = propertyPath(path, key);
      if (dangerous.has(key)) this.#refuse(at, 'is not an allowed name');
      else {
        const name = keptName(key);
        this.keepsNames ||= name !== key;
        copy[name] = this.#value(items, value, at);
      }
    }
    return copy;
  }

  /** A value of no declared structure. class-transformer walks it too and asks each object for its constructor. */
  #open(given: unknown, path: string): unknown {
    if (Array.isArray(given)) {
      return this.#deeper(path, [], () =>
        given.map((item: unknown, index) => this.#open(item, itemPath(path, index))),
      );
    }
    return isPlainObject(given)
      ? this.#deeper(path, {}, () => this.#map({ is: 'open' }, given, path))
      : given;
  }

  #deeper<T>(path: string, instead: T, check: () => T): T {
    if (this.#depth >= deepest) {
      this.#refuse(path, 'is nested too deeply');
      return instead;
    }
    this.#depth += 1;
    try {
      return check();
    } finally {
      this.#depth -= 1;
    }
  }

  #refuse(path: string, message: string, instead?: unknown): unknown {
    this.problems.push({ path, message });
    return instead;
  }
}

/** Names by which an unknown property could reach the class itself: a renamed property, a getter, a prototype. */
function isTaken({ cls, byName }: ClassShape, key: string): boolean {
  return dangerous.has(key) || byName.has(key) || key in (cls.prototype as object);
}

export function isPlainObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
