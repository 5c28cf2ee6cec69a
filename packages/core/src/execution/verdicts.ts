import type { Exchange } from '../context/index.js';
import type { Logger } from '../logging/index.js';
import type { Outcome, Result } from '../middleware/index.js';
import type { Watch } from '../telemetry/index.js';
import { classify, logUnderReference } from './failures.js';
import type { Invocation } from './invocation.js';

type Failing<R extends Result> = Pick<Invocation<R>, 'where' | 'refuse'>;

/** What becomes of the errors of one request. */
export class Verdicts {
  constructor(
    private readonly exchange: Exchange,
    private readonly log: Logger,
    private readonly watch: Watch,
  ) {}

  /** The outcome of what fails the request itself. */
  fail<R extends Result>(thrown: unknown, failing: Failing<R>): Outcome<R> {
    this.watch.failed(thrown);
    return this.classify(thrown, failing);
  }

  /** The outcome of what fails a nested call: its caller may get over it. */
  classify<R extends Result>(thrown: unknown, { where, refuse }: Failing<R>): Outcome<R> {
    const { era, requestId } = this.exchange;
    return classify(thrown, { where, era, requestId, ...(refuse && { refuse }) }, this.log);
  }

  /** What middleware threw although the call waits for its client. */
  ignore(thrown: unknown, where: string): void {
    const { era, requestId } = this.exchange;
    const { log } = this;
    const request = { where, era, requestId };
    logUnderReference('warning', 'Ignored: the call waits for its client', { thrown, request, log });
  }

  /** A result that middleware made must keep the promises of the handler. */
  async check<R extends Result>(invocation: Invocation<R>, result: R): Promise<Outcome<R>> {
    try {
      await invocation.check?.(result);
      return { kind: 'result', result };
    } catch (thrown) {
      return this.fail(thrown, invocation);
    }
  }
}
