import { document, type DtoPropertyDecorator } from './document.js';

/**
 * The value of a DTO property that is left out, written as on the wire (a date as a string). Shown in schemas and forms,
 * filled in before validation, and it makes the property optional for clients; `false`, `0` and `''` are values too.
 */
export function Default(value: unknown): DtoPropertyDecorator {
  return document({ default: value });
}
