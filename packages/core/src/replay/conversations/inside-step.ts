import { AsyncLocalStorage } from 'node:async_hooks';
import { RepriseError } from '../../errors/index.js';

const currentStep = new AsyncLocalStorage<string>();

/** Runs the function of a step; what it begins knows that it is inside of one. */
export function insideStep<T>(name: string, run: () => T): T {
  return currentStep.run(name, run);
}

/**
 * A step runs once and is never played again, so nothing inside of it may wait for the client or leave an entry of its
 * own: a question would wait for ever for a round that cannot end before the step does.
 */
export function refuseInsideStep(what: string): void {
  const step = currentStep.getStore();
  if (step === undefined) return;
  throw new RepriseError('INSIDE_STEP', `${what} was begun inside of ctx.step("${step}").`, {
    fix: 'Ask first, then do what must happen once in a step of its own.',
  });
}
