import { ownRecords, type ServerOptions } from '../../metadata/index.js';

/**
 * Names a server; stands on a class that extends McpServer. Options of a base class are inherited one by one.
 * @see ServerOptions for the defaults.
 */
export function Server(options: ServerOptions): <C extends new (...args: never[]) => object>(cls: C) => void {
  const record = Object.freeze({ ...options });
  return (cls) => {
    ownRecords(cls).server = record;
  };
}
