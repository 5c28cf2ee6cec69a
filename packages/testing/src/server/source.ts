import { McpServer, type McpServerOptions } from '@reprise/core';

/**
 * What a test can be given: the class of a server, a server that has not started, or a function that makes one, as in
 * `(options) => new TripDesk(airline, options)`. A class and a function get the options of the test, see ServeOptions.
 */
export type ServerSource =
  | McpServer
  | (new (options?: McpServerOptions) => McpServer)
  | ((options: McpServerOptions) => McpServer | Promise<McpServer>);

export async function construct(source: ServerSource, options: McpServerOptions): Promise<McpServer> {
  if (typeof source !== 'function') return source;
  return isServerClass(source) ? new source(options) : source(options);
}

function isServerClass(
  source: Exclude<ServerSource, McpServer>,
): source is new (options?: McpServerOptions) => McpServer {
  return source.prototype instanceof McpServer;
}
