import { RepriseError } from './reprise-error.js';

/** Thrown by `start()`: every mistake that was found in the declarations, so that one run shows them all. */
export class StartUpError extends RepriseError {
  constructor(
    server: string,
    readonly problems: readonly RepriseError[],
  ) {
    const list = problems.map((problem) => `\n  ${problem.code}  ${problem.message}`).join('');
    super('START_UP', `${server} cannot start, ${problems.length} problem(s) found:${list}`);
  }
}
