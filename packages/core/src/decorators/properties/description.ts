import { document, type DtoPropertyDecorator } from './document.js';

/** What a DTO property means, for the model and for people who fill in a form. */
export function Description(description: string): DtoPropertyDecorator {
  return document({ description });
}
