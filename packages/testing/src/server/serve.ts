import { randomBytes } from 'node:crypto';
import type { InMemoryTransport } from '@modelcontextprotocol/server';
import { type McpServer, type McpServerOptions, RepriseError } from '@reprise/core';
import { authInfoOf, type TestPrincipal } from '../client/test-principal.js';
import type { Connection, ConnectOptions } from '../client/connect-options.js';
import { TestClient } from '../client/test-client.js';
import { FreshInstances } from './fresh-instances.js';
import { type ConnectionWatch, MemoryTransport } from './memory-transport.js';
import { RecordedLog } from './recorded-log.js';
import { construct, type ServerSource } from './source.js';

/** What the server of a test is like. */
export interface ServeOptions {
  /**
   * Options for the constructor of the server, where a class or a function makes it. Beside them it gets a `logger` that
   * keeps its lines (see `log`), a key in `state` that all servers of the test share, and a `stopGrace` of one second;
   * yours come first.
   */
  options?: McpServerOptions;
}

/** A server that runs in memory, for any number of clients. */
export interface Served {
  readonly server: McpServer;
  /** What the server wrote to its own log, if it uses the logger that the test gave it. */
  readonly log: RecordedLog;
  /** Joins another client. With `endsServer`, its `close()` stops the server. Throws INVALID_OPTION. */
  connect(options?: ConnectOptions & { endsServer?: boolean }): Promise<TestClient>;
  /** The client's end of a new connection, for a client of your own. */
  pipe(principal?: TestPrincipal): InMemoryTransport;
  /** Stops the server; clients that are still there lose their connection. Safe to call twice. */
  stop(): Promise<void>;
}

// one key for all servers of a process: each may come back with what another has sealed
const key = randomBytes(32);

/** Starts a server in memory. Throws what its `start()` throws. */
export async function serve(source: ServerSource, options: ServeOptions = {}): Promise<Served> {
  const log = new RecordedLog();
  const { state, ...rest } = options.options ?? {};
  const given = { logger: log, stopGrace: 1_000, ...rest, state: { keys: [key], ...state } };
  const open = () => begin(source, given);
  const { server, transport } = await open();
  const join = (watch: ConnectionWatch, wanted: ConnectOptions): Connection => {
    const auth = wanted.principal && authInfoOf(wanted.principal);
    const pipe = transport.connect(watch, auth);
    if (!wanted.crashBetweenRounds || wanted.era === 'legacy') return { pipe };
    assertRepeatable(source);
    return new FreshInstances(pipe, async () => {
      const instance = await open();
      return { pipe: instance.transport.connect(watch, auth), stop: () => instance.server.stop() };
    });
  };
  return {
    server,
    log,
    connect: ({ endsServer, ...wanted } = {}) =>
      TestClient.connect((watch) => join(watch, wanted), wanted, {
        ...{ log, server },
        ...(endsServer && { onClose: () => server.stop() }),
      }),
    pipe: (principal) => transport.connect(undefined, principal && authInfoOf(principal)),
    stop: () => server.stop(),
  };
}

function assertRepeatable(source: ServerSource): void {
  if (typeof source === 'function') return;
  throw new RepriseError('INVALID_OPTION', 'crashBetweenRounds needs a new server for each round.', {
    where: source.constructor.name,
    fix: 'Give the class, or a function that makes the server, instead of an instance.',
  });
}

async function begin(source: ServerSource, options: McpServerOptions) {
  const server = await construct(source, options);
  const transport = new MemoryTransport();
  await server.start(transport);
  return { server, transport };
}
