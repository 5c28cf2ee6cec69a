import { document, type DtoPropertyDecorator } from './document.js';

/** The label of a DTO property in forms and schemas. */
export function Title(title: string): DtoPropertyDecorator {
  return document({ title });
}
