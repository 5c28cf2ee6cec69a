import type {} from 'expect'; // what is augmented below must be known
import { matchers } from './looking/matchers.js';

/** The types of our matchers, for `expect` of jest as a global and from `@jest/globals`. */
export interface RepriseMatchers<R> {
  /** The call is over and took so many requests; on legacy a call takes one. */
  toHaveRounds(expected: number): R;
  /** The call is over, and the function of the step ran exactly once in it. */
  toHaveRunOnce(step: string): R;
  /** The call is over, and the function of the step ran so often in it. */
  toHaveRun(step: string, times: number): R;
  /** The user was asked exactly these questions, in this order. */
  toHaveAsked(messages: readonly string[]): R;
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends RepriseMatchers<R> {}
}

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends RepriseMatchers<R> {}
  }
}

interface Extensible {
  extend(added: typeof matchers): void;
}

// without the global, as with injectGlobals: false, a set-up file says expect.extend(matchers)
(globalThis as { expect?: Extensible }).expect?.extend(matchers);

export { matchers };
