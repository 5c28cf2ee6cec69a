import { type Context, currentContext } from '../context/index.js';
import { RepriseError } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { Middleware, Next, NextOptions } from './middleware.js';
import { outcomeOf } from './outcome-of.js';
import type { Method, Outcome, Result, Suspension } from './outcome.js';

/** What the middleware of one request stands around. */
export interface Stage<R extends Result> {
  readonly method: Method;
  /** Outermost first. */
  readonly layers: readonly Middleware[];
  /** What they all get. */
  readonly context: Context;
  readonly log: Logger;
  /** Handles the request itself, under what every layer asked for. Never rejects. */
  play(options: readonly NextOptions[]): Promise<Outcome<R>>;
  /** The outcome of what a layer threw. */
  classify(thrown: unknown, where: string): Outcome<R>;
  /** Told of what a layer threw although the call waits for its client. */
  onIgnored(thrown: unknown, where: string): void;
}

/** Takes a request through its middleware and back. Never rejects. */
export function throughMiddleware<R extends Result>(stage: Stage<R>): Promise<Outcome<R>> {
  return enter(stage, 0, []);
}

/** Each layer sees the inner ones as outcomes; so what one throws, the outer ones can still rewrite. */
async function enter<R extends Result>(
  stage: Stage<R>,
  depth: number,
  options: readonly NextOptions[],
): Promise<Outcome<R>> {
  const middleware = stage.layers[depth];
  if (middleware === undefined) return stage.play(options);
  const where = `middleware ${middleware.name || depth + 1}`;
  let wasCalled = false;
  let suspension: Suspension | undefined;
  const next = async (own?: NextOptions) => {
    if (wasCalled) throw calledTwice(where);
    wasCalled = true;
    const outcome = await enter(stage, depth + 1, own === undefined ? options : [...options, own]);
    if (outcome.kind === 'suspended') suspension = outcome;
    return outcome;
  };
  try {
    const answer = await currentContext.run(stage.context, () =>
      // the results of the method are those of R: the stage was made for both
      middleware(stage.context, next as unknown as Next, stage.log),
    );
    return suspension ?? outcomeOf(answer, stage.method, where);
  } catch (thrown) {
    if (suspension === undefined) return stage.classify(thrown, where);
    stage.onIgnored(thrown, where);
    return suspension;
  }
}

function calledTwice(where: string): RepriseError {
  return new RepriseError('MIDDLEWARE', 'It called next() twice.', {
    where,
    fix: 'Keep the first outcome; a call may have done things that must not be done again.',
  });
}
