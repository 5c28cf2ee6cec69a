import type { ToolOptions } from '../../metadata/index.js';
import { type ComponentDecorator, declare } from './declare.js';

/**
 * Makes a tool of a method, or of a class with a method `execute`.
 * Its name is the method's, or the class's without the ending `Tool` and with a small first letter, unless `name` is given.
 */
export function Tool(options: ToolOptions = {}): ComponentDecorator {
  return declare('@Tool', { kind: 'tool', options: { ...options } });
}
