import { document, type DtoPropertyDecorator } from './document.js';

/** A sample value of a DTO property; may be repeated. */
export function Example(value: unknown): DtoPropertyDecorator {
  return document({ examples: [value] });
}
