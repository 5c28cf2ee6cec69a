import type { ResourceOptions } from '../../metadata/index.js';
import { type ComponentDecorator, declare } from './declare.js';

/**
 * Makes a resource of a method, or of a class with a method `execute`.
 * A URI with `{…}` is an RFC 6570 template: each variable is taken with `@Param('name')`.
 */
export function Resource(uri: string, options: ResourceOptions = {}): ComponentDecorator {
  return declare('@Resource', { kind: 'resource', uri, options: { ...options } });
}
