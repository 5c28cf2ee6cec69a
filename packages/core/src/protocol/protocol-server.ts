import type { Server, ServerOptions } from '@modelcontextprotocol/server';
import type { Catalog } from '../catalog/index.js';
import type { Executor } from '../execution/index.js';
import type { SessionStore } from '../context/index.js';
import { messageOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { ChangeBus } from './change-bus.js';
import { forwardChanges, Subscriptions } from './changes.js';
import { CheckedServer } from './checked-server.js';
import { registerCompletions } from './completions.js';
import { registerPrompts } from './prompts.js';
import { registerResources } from './resources.js';
import { ConnectionSession } from './session.js';
import { type SessionHooks, tellOfSession } from './session-hooks.js';
import { registerTools } from './tools.js';
import type { ServerOrigin } from './transport.js';

export interface ProtocolParts {
  /** Read by each request; what it can do, and what the server says of itself, stays the same. */
  readonly catalog: { readonly current: Catalog };
  readonly executor: Executor;
  readonly changes: ChangeBus;
  readonly sessions: SessionStore;
  readonly sessionHooks: SessionHooks;
  readonly log: Logger;
}

/** What the handlers of one protocol server share. */
export interface Registration extends ProtocolParts {
  readonly server: Server;
  readonly origin: ServerOrigin;
  /** Undefined where requests have none: in the modern era. */
  readonly session: ConnectionSession | undefined;
}

/**
 * The SDK's low-level server over our catalog: cheap to make (microseconds), so that modern HTTP can have one a
 * request. Everything it answers with was computed at start-up.
 */
export function createProtocolServer(parts: ProtocolParts, origin: ServerOrigin): Server {
  const { changes, log } = parts;
  const catalog = parts.catalog.current;
  const server = new CheckedServer(catalog.info, serverOptions(catalog));
  server.onerror = (error) =>
    log.log('debug', 'protocol error', { transport: origin.transport, error: messageOf(error) });
  const isSession = origin.era === 'legacy' && origin.lifetime === 'connection';
  const session = isSession ? new ConnectionSession(parts.sessions, log) : undefined;
  const registration = { ...parts, server, origin, session };
  const subscriptions = new Subscriptions();
  if (catalog.capabilities.tools) registerTools(registration);
  if (catalog.capabilities.prompts) registerPrompts(registration);
  if (catalog.capabilities.resources) registerResources(registration, subscriptions);
  if (catalog.capabilities.completions) registerCompletions(registration);
  if (origin.lifetime === 'connection') {
    const wants = (uri: string) => origin.era === 'modern' || subscriptions.has(uri);
    const stop = forwardChanges(changes, server, wants, (error) =>
      log.log('debug', 'a change notice could not be sent', {
        transport: origin.transport,
        error: messageOf(error),
      }),
    );
    const ended = session && tellOfSession(server, origin, session, parts.sessionHooks);
    server.onclose = () => {
      stop();
      ended?.();
      session?.end();
    };
  }
  return server;
}

function serverOptions({ capabilities, instructions, cache, scoped }: Catalog): ServerOptions {
  // a list that differs from caller to caller is for no cache that they share
  const lists = cache && scoped ? { ...cache, cacheScope: 'private' as const } : cache;
  return {
    capabilities,
    ...(instructions !== undefined && { instructions }),
    ...(cache && {
      cacheHints: {
        'tools/list': lists,
        'prompts/list': lists,
        'resources/list': lists,
        'resources/templates/list': lists,
        'server/discover': cache,
      },
    }),
    // legacy asks are sent directly while the handler waits; the SDK has nothing to translate
    inputRequired: { legacyShim: false },
  };
}
