import type { CompletionTarget } from '../../metadata/index.js';
import { type ComponentDecorator, declare } from './declare.js';

/**
 * Makes a method, or a class with a method `execute`, suggest values for an argument of a prompt or for a variable of
 * a URI template.
 * There `@Arg()` is the text typed so far, `@Arg('country')` another argument that is already known,
 * and `@Args()` all that are.
 */
export function Complete(target: CompletionTarget): ComponentDecorator {
  return declare('@Complete', { kind: 'completion', target: { ...target } });
}
