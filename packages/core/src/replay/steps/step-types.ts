export interface StepInfo {
  /** The same in every replay of this call and different for every other call and step: pass it to what you call. */
  readonly idempotencyKey: string;
}

/** What is left of a value after JSON: Dates become strings, functions and undefined properties disappear. */
export type Json<T> = T extends { toJSON(): infer J }
  ? Json<J>
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends bigint | symbol | ((...args: never[]) => unknown)
      ? never
      : T extends readonly unknown[]
        ? { [K in keyof T]: Json<T[K]> }
        : T extends object
          ? { [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: Json<T[K]> }
          : T;
