import { bind, type HandlerParameterDecorator } from './bind.js';

/**
 * Fills a parameter with a variable of the resource's URI template, percent-decoded, so it may contain any character.
 * Converted where the parameter is a number or boolean; optional variables (`{?x}`, `{&x}`, `{#x}`) may be undefined.
 */
export function Param(name: string): HandlerParameterDecorator {
  return bind('@Param', { kind: 'param', name });
}
