import type { ServerOptions } from '../metadata/index.js';
import type { Problems } from './problems.js';

/** Reports options of @Server that cannot work. */
export function checkOptions(options: ServerOptions, server: string, problems: Problems): void {
  const refuse = (option: string, what: string, fix: string) =>
    problems.add('INVALID_OPTION', `${what}.`, { where: `${server}, @Server option ${option}`, fix });
  const { name, version, pageSize = 1, cache } = options;
  // Users of plain JavaScript may leave out what the type demands.
  if (typeof name !== 'string' || name === '') refuse('name', 'it is missing', 'Name the server.');
  if (typeof version !== 'string' || version === '')
    refuse('version', 'it is missing', 'Give a version, such as 1.0.0.');
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    refuse('pageSize', `${pageSize} items do not make a page`, 'Use a whole number from 1 on.');
  }
  if (cache !== undefined && !(cache.ttlMs >= 0)) {
    refuse('cache', `${cache.ttlMs} is no time to live`, 'Set ttlMs to milliseconds from 0 on.');
  }
}
