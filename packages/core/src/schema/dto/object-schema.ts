import { classNameOf } from '../../metadata/index.js';
import type { JsonSchema } from '../compiled-schema.js';
import { headerKeyword } from '../json/header-parameters.js';
import type { ClassShape, PropertyShape, UnionKind, ValueShape } from '../shape/shape.js';

/**
 * The JSON Schema document of a class. Nested classes go to `$defs`, one entry for each class, whatever their names;
 * a class that nests itself refers to the root.
 */
export function objectSchema(root: ClassShape): JsonSchema {
  const definitions = new Definitions(root);
  const schema = definitions.object(root);
  return { ...schema, ...(definitions.used && { $defs: definitions.all }) };
}

class Definitions {
  readonly all: Record<string, JsonSchema> = {};
  /** By identity: of a class, or of a class under one value of a discriminator. */
  readonly #references = new Map<unknown, string>();

  constructor(root: ClassShape) {
    this.#references.set(root, '#');
  }

  get used(): boolean {
    return Object.keys(this.all).length > 0;
  }

  object(shape: ClassShape): JsonSchema {
    const required = shape.properties.filter((property) => property.required).map(({ wireName }) => wireName);
    return {
      type: 'object',
      properties: Object.fromEntries(
        shape.properties.map((property) => [property.wireName, this.#property(property)]),
      ),
      ...(required.length > 0 && { required }),
      ...(!shape.isOpen && { additionalProperties: false }),
    };
  }

  #property({ value, docs }: PropertyShape): JsonSchema {
    const described = docs.description ?? (value.notes.length > 0 ? value.notes.join(' ') : undefined);
    return {
      ...this.#value(value),
      ...(docs.title !== undefined && { title: docs.title }),
      ...(described !== undefined && { description: described }),
      ...(docs.default !== undefined && { default: docs.default }),
      ...(docs.examples !== undefined && { examples: docs.examples }),
      ...(docs.header !== undefined && { [headerKeyword]: docs.header }),
    };
  }

  #value({ kind, keywords }: ValueShape): JsonSchema {
    switch (kind.is) {
      case 'object':
        return {
          $ref: this.#reference(kind.shape, kind.shape, () => this.object(kind.shape)),
          ...withoutType(keywords),
        };
      case 'union':
        return { ...this.#union(kind), ...withoutType(keywords) };
      case 'list':
      case 'set': {
        const items = this.#value(kind.items);
        return { ...keywords, ...(Object.keys(items).length > 0 && { items }) };
      }
      case 'map':
        return { ...keywords, additionalProperties: this.#value(kind.items) };
      default:
        return keywords;
    }
  }

  #union(kind: UnionKind): JsonSchema {
    const oneOf = [...kind.variants].map(([name, shape]) => {
      // The kind stands for "this class under this value": a class may be a variant here and nested plainly elsewhere.
      const identity = `${this.#numberOf(kind)} ${name}`;
      return { $ref: this.#reference(identity, shape, () => this.#variant(shape, kind.property, name)) };
    });
    return { oneOf };
  }

  #variant(shape: ClassShape, property: string, name: string): JsonSchema {
    const { properties, required, ...rest } = this.object(shape);
    return {
      ...rest,
      // `object` above wrote both.
      properties: {
        [property]: { const: name },
        ...(properties as Record<string, JsonSchema>),
        [property]: { const: name },
      },
      required: [
        property,
        ...((required as string[] | undefined) ?? []).filter((other) => other !== property),
      ],
    };
  }

  readonly #numbers = new Map<UnionKind, number>();
  #numberOf(kind: UnionKind): number {
    const known = this.#numbers.get(kind) ?? this.#numbers.size;
    this.#numbers.set(kind, known);
    return known;
  }

  #reference(identity: unknown, shape: ClassShape, write: () => JsonSchema): string {
    const known = this.#references.get(identity);
    if (known !== undefined) return known;
    const name = this.#freeName(shape);
    const reference = `#/$defs/${name}`;
    this.#references.set(identity, reference);
    // Reserved before it is written: the class may refer to itself, and to another one of the same name.
    this.all[name] = {};
    this.all[name] = write();
    return reference;
  }

  #freeName({ cls }: ClassShape): string {
    const name = classNameOf(cls).replace(/\W/g, '') || 'Object';
    let free = name;
    for (let n = 2; Object.hasOwn(this.all, free); n += 1) free = `${name}${n}`;
    return free;
  }
}

function withoutType({ type: _, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
