import type { Problems } from '../problems.js';

const wireName = /^[A-Za-z0-9_.\-/]{1,64}$/;

/** Reports a tool's or prompt's name that a client may refuse. */
export function checkName(name: string, where: string, problems: Problems): void {
  if (wireName.test(name)) return;
  problems.add('INVALID_NAME', `the name "${name}" is not allowed.`, {
    where,
    fix: 'Give a `name` of 1 to 64 letters (a-z), digits, "_", "-", "." and "/".',
  });
}

/** Reports the second of two of the same key, and names both places. */
export class Unique {
  readonly #places = new Map<string, string>();

  constructor(private readonly problems: Problems) {}

  /** Whether the key is new. */
  claim(what: string, key: string, where: string): boolean {
    const id = `${what} ${key}`;
    const first = this.#places.get(id);
    if (first === undefined) {
      this.#places.set(id, where);
      return true;
    }
    this.problems.add('DUPLICATE_NAME', `the ${what} ${key} is already declared by ${first}.`, {
      where,
      fix: 'Rename or remove one of the two.',
    });
    return false;
  }
}
