import { document, type DtoPropertyDecorator } from './document.js';

/** The value a client may assume for a DTO property. It is shown, not filled in: give the property an initial value for that. */
export function Default(value: unknown): DtoPropertyDecorator {
  return document({ default: value });
}
