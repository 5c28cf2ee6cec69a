import { type Ask, maxRefusals, type Verdict } from './conversation.js';
import { ElicitationError } from '../errors.js';

/** Asks, checks, and asks again with the reason. `once` gets the number of earlier refusals and the last reason. */
export async function askUntilValid<T>(
  ask: Ask<T>,
  once: (attempt: number, refusal: string | undefined) => Promise<Verdict<T>>,
): Promise<T> {
  let refusal: string | undefined;
  for (let attempt = 0; attempt <= maxRefusals; attempt++) {
    const verdict = await once(attempt, refusal);
    if (verdict.ok) return verdict.value;
    refusal = verdict.reason;
  }
  throw new ElicitationError(`No valid answer to ${ask.describe} after ${maxRefusals + 1} tries: ${refusal}`);
}
