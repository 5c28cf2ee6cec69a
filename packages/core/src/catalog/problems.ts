import { type ErrorCode, type ErrorFacts, RepriseError, StartUpError } from '../errors/index.js';

/** Collects what is wrong with the declarations, so that one start shows every mistake. */
export class Problems {
  readonly #found = new Map<string, RepriseError>();

  add(code: ErrorCode, what: string, facts: ErrorFacts): void {
    this.take(new RepriseError(code, what, facts));
  }

  /** The same mistake reached on two ways is listed once. */
  take(problem: RepriseError): void {
    this.#found.set(problem.message, problem);
  }

  /** Runs something that reports mistakes by throwing. Whatever is not ours goes on its way. */
  attempt<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (thrown) {
      return this.#sort(thrown);
    }
  }

  async attemptAsync<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (thrown) {
      return this.#sort(thrown);
    }
  }

  /** Gives back what was built if nothing is wrong; throws StartUpError otherwise. */
  check<T>(server: string, built: T | undefined): T {
    if (built === undefined || this.#found.size > 0)
      throw new StartUpError(server, [...this.#found.values()]);
    return built;
  }

  #sort(thrown: unknown): undefined {
    if (!(thrown instanceof RepriseError)) throw thrown;
    const problems = thrown instanceof StartUpError ? thrown.problems : [thrown];
    for (const problem of problems) this.take(problem);
  }
}
