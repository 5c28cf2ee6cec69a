import type { ToolOptions } from '../../metadata/index.js';
import { type CompiledSchema, compileOutput, hasRules, isDtoClass } from '../../schema/index.js';
import { notDefinedYet } from './args-source.js';
import type { Site } from './site.js';

/**
 * The schema of a tool's result: of its `output`, else of the class that the method says it returns, where that class
 * has rules. Of an async method only `Promise` is known, so there is nothing to infer.
 */
export function outputOf(site: Site, options: ToolOptions): CompiledSchema | undefined {
  if ('output' in options) {
    const where = `${site.where}, option output`;
    if (options.output === undefined) throw notDefinedYet(where, 'the schema of the result');
    return compileOutput(options.output, where);
  }
  const { returns } = site;
  const isDto = isDtoClass(returns) && hasRules(returns);
  return isDto ? compileOutput(returns, `${site.where}, return type`) : undefined;
}
