/**
 * Marks a promise as handled. `const a = ask(), b = ask(); await a; await b` leaves b without a handler while a is
 * rejected, which would end the process.
 */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
