import type { Server, ServerOptions } from '@modelcontextprotocol/server';
import type { Catalog } from '../catalog/index.js';
import type { Executor } from '../execution/index.js';
import type { SessionStore } from '../context/index.js';
import { messageOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { ChangeBus } from './change-bus.js';
import { forwardChanges } from './changes.js';
import { CheckedServer } from './checked-server.js';
import { registerCompletions } from './completions.js';
import { registerPrompts } from './prompts.js';
import { registerResources } from './resources.js';
import { ConnectionSession, type SessionParts } from './session.js';
import type { SessionHooks } from './session-hooks.js';
import { registerTools } from './tools.js';
import type { Host, ServerOrigin } from './transport.js';

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

/** What the host gives to transports: protocol servers, and legacy sessions that have one after the other. */
export function protocolServers(parts: ProtocolParts): Pick<Host, 'createServer' | 'createSession'> {
  // one for all sessions, of which there may be many
  const ofSessions: SessionParts = { ...parts, build: (own, origin) => build(parts, origin, own) };
  const createSession: Host['createSession'] = (origin, wake) =>
    new ConnectionSession(ofSessions, origin, wake);
  return { createServer: (origin) => createServer(parts, origin, createSession), createSession };
}

function createServer(
  parts: ProtocolParts,
  origin: ServerOrigin,
  createSession: Host['createSession'],
): Server {
  if (origin.era === 'legacy' && origin.lifetime === 'connection') {
    const session = createSession(origin, () => {}); // it has one server, and ends with it
    const server = session.createServer();
    server.onclose = () => session.end();
    return server;
  }
  const server = build(parts, origin);
  if (origin.lifetime === 'connection')
    server.onclose = forwardChanges(parts.changes, server, { log: parts.log, transport: origin.transport });
  return server;
}

/**
 * The SDK's low-level server over our catalog: cheap to make (microseconds), so that modern HTTP can have one a
 * request. Everything it answers with was computed at start-up.
 */
function build(parts: ProtocolParts, origin: ServerOrigin, session?: ConnectionSession): Server {
  const catalog = parts.catalog.current;
  const server = new CheckedServer(catalog.info, serverOptions(catalog));
  server.onerror = (error) =>
    parts.log.log('debug', 'protocol error', { transport: origin.transport, error: messageOf(error) });
  const registration = { ...parts, server, origin, session };
  if (catalog.capabilities.tools) registerTools(registration);
  if (catalog.capabilities.prompts) registerPrompts(registration);
  if (catalog.capabilities.resources) registerResources(registration);
  if (catalog.capabilities.completions) registerCompletions(registration);
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
