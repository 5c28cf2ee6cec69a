import { Call } from '../client/call.js';

/** What a matcher of jest and vitest returns. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend` of jest and vitest. */
export const matchers = {
  /** The call is over and took so many requests; on legacy a call takes one. */
  toHaveRounds: (call: unknown, expected: number): Verdict =>
    ofCall(call, ({ rounds, isOver }) => ({
      pass: isOver && rounds === expected,
      message: () =>
        isOver
          ? `The call took ${rounds} round(s), expected ${expected}.`
          : 'The call is not over. Await it first.',
    })),
  /** The call is over, and the function of the step ran exactly once in it. */
  toHaveRunOnce: (call: unknown, step: string): Verdict => ofCall(call, (seen) => ran(seen, step, 1)),
  /** The call is over, and the function of the step ran so often in it. */
  toHaveRun: (call: unknown, step: string, times: number): Verdict =>
    ofCall(call, (seen) => ran(seen, step, times)),
  /** The user was asked exactly these questions, in this order. */
  toHaveAsked: (call: unknown, messages: readonly string[]): Verdict =>
    ofCall(call, ({ questions }) => {
      const asked = questions.map(({ message }) => message);
      return {
        pass: asked.length === messages.length && asked.every((message, at) => message === messages[at]),
        message: () => `The user was asked ${JSON.stringify(asked)}, expected ${JSON.stringify(messages)}.`,
      };
    }),
};

function ran(call: Call<object>, step: string, times: number): Verdict {
  const runs = call.steps(step);
  return { pass: call.isOver && runs.count === times, message: () => runs.describe(times) };
}

function ofCall(call: unknown, judge: (call: Call<object>) => Verdict): Verdict {
  if (call instanceof Call) return judge(call as Call<object>); // of whatever answer
  return {
    pass: false,
    message: () => 'This is no call. Give what client.call() returned, not its answer: expect(call).',
  };
}
