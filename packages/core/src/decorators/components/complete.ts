import type { CompletionTarget } from '../../metadata/index.js';
import { declare, type HandlerDecorator } from './declare.js';

/**
 * Makes a method suggest values for an argument of a prompt, or for a variable of a URI template.
 * There `@Arg()` is the text typed so far, `@Arg('country')` another argument that is already known,
 * and `@Args()` all that are.
 */
export function Complete(target: CompletionTarget): HandlerDecorator {
  return declare('@Complete', { kind: 'completion', target: { ...target } });
}
