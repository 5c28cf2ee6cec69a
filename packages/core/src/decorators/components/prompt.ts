import type { PromptOptions } from '../../metadata/index.js';
import { type ComponentDecorator, declare } from './declare.js';

/**
 * Makes a prompt of a method, or of a class with a method `execute`.
 * Its arguments are the properties of the @Args DTO or the @Arg parameters; on the wire all are strings.
 */
export function Prompt(options: PromptOptions = {}): ComponentDecorator {
  return declare('@Prompt', { kind: 'prompt', options: { ...options } });
}
